import { beforeEach, expect, test } from 'vitest'
import { Draft, type Field } from './draft.ts'
import type { Store } from './storage.ts'

const day = 24 * 60 * 60 * 1000
let kept: Map<string, string>
let now: number

function store(): Store {
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  }
}

const draft = (path = '/q/abc') => new Draft(store(), path, () => now)

function form(): Field[] {
  return [
    { name: 'idempotency_key', type: 'hidden', value: 'secret' },
    { name: 'category', type: 'radio', value: 'A', checked: false },
    { name: 'category', type: 'radio', value: 'F02', checked: false },
    { name: 'narrative', type: 'textarea', value: '' },
    { name: 'about_leader', type: 'checkbox', value: '1', checked: false },
    { name: 'mode', type: 'radio', value: 'anonymous', checked: true },
    { name: 'mode', type: 'radio', value: 'named', checked: false },
    { name: 'reporter_name', type: 'text', value: '' },
    { name: 'files', type: 'file', value: '' },
  ]
}

function fill(fields: Field[], name: string, value: string): Field[] {
  for (const f of fields.filter((x) => x.name === name)) {
    if (f.type === 'radio' || f.type === 'checkbox') f.checked = f.value === value
    else f.value = value
  }
  return fields
}

beforeEach(() => {
  kept = new Map()
  now = Date.UTC(2026, 6, 28)
})

test('what was typed comes back in a new form', () => {
  const typed = fill(fill(fill(form(), 'category', 'F02'), 'narrative', '两千元'), 'mode', 'named')
  expect(draft().save(fill(typed, 'about_leader', '1'))).toBe(true)
  const fresh = form()
  expect(draft().restore(fresh)).toBe(true)
  expect(fresh.map((f) => f.checked ?? f.value)).toEqual([
    'secret',
    false,
    true,
    '两千元',
    true,
    false,
    true,
    '',
    '',
  ])
})

test('who reports, hidden fields and files are in no draft', () => {
  draft().save(fill(fill(form(), 'narrative', 'x'), 'reporter_name', '李明'))
  const text = [...kept.values()].join()
  expect(text).not.toContain('李明')
  expect(text).not.toContain('secret')
})

test('a form that somebody has begun is left alone', () => {
  draft().save(fill(form(), 'narrative', 'old'))
  const begun = fill(form(), 'narrative', 'new')
  expect(draft().restore(begun)).toBe(false)
  expect(begun.find((f) => f.name === 'narrative')?.value).toBe('new')
})

test('nothing typed is no draft, and ends the one there was', () => {
  draft().save(fill(form(), 'narrative', 'x'))
  expect(draft().save(form())).toBe(false)
  expect(kept.size).toBe(0)
})

test('drafts of other places stay apart', () => {
  draft('/q/abc').save(fill(form(), 'narrative', 'x'))
  expect(draft('/q/def').restore(form())).toBe(false)
})

test('a week is the limit, for its own page and for all others', () => {
  draft().save(fill(form(), 'narrative', 'x'))
  kept.set('qf.draft:/q/broken', '{')
  kept.set('qf.large', '1')
  now += 7 * day - 1
  expect(draft().restore(form())).toBe(true)
  now += 1
  expect(draft().restore(form())).toBe(false)
  draft('/q/other').sweep()
  expect([...kept.keys()]).toEqual(['qf.large'])
})

test('a draft that was tampered with is none', () => {
  kept.set('qf.draft:/q/abc', '{"at":1e15,"values":"no list"}')
  expect(draft().restore(form())).toBe(false)
})
