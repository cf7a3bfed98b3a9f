import { expect, test, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { kept, sentAs } from './attached'
import { refusal } from './handIn'
import {
  begunVisit,
  edited,
  isOverdue,
  newID,
  nextVersion,
  type Pack,
  type PackedTask,
  type Visit,
} from './visit'

const task = { id: 'task', version: 2, form_id: 'form' } as PackedTask
const pack = { forms: [{ id: 'form', version: 3, document: {} }] } as unknown as Pack
const file = new Blob(['x'], { type: 'image/png' })

function waiting(): Visit {
  return {
    ...begunVisit(pack, task),
    standing: 'waiting',
    photos: [{ name: 'a.png', file, upload: 'u1' }],
    signatures: { one: { file, upload: 'u2' }, two: { name: '王芳' } },
  }
}

test('a visit begins with what the phone took along', () => {
  const visit = begunVisit(pack, task)
  expect(visit.basedOn).toBe(2)
  expect(visit.form?.version).toBe(3)
  expect(visit.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  expect(newID()).not.toBe(newID())
})

test.each([0, 401, 429, 500, 503])(
  'status %i is tried again with the files that arrived',
  (status) => {
    const part = refusal(waiting(), new ApiProblem({ status, title: '连不上' }))
    expect(part).toEqual({ complaint: '连不上' })
  },
)

test('a conflict tells what is there', () => {
  const hint = { id: 'other', number: 2, by_name: '李明', received_at: '2026-07-28T01:00:00Z' }
  const part = refusal(waiting(), new ApiProblem({ status: 409, title: '已有', hint }))
  expect(part).toMatchObject({ standing: 'conflict', there: hint })
})

test.each([409, 422, 403])('status %i without a version in the way is to be mended', (status) => {
  const errors = [{ location: 'body.files', message: '附件已过期' }]
  const part = refusal(waiting(), new ApiProblem({ status, title: '有误', errors }))
  expect(part.standing).toBe('refused')
  expect(part.complaint).toBe('有误；附件已过期')
  expect(part.photos?.[0]?.upload).toBeUndefined()
  expect(part.signatures?.one).toEqual({ file })
})

test('the next version loses nothing and has files of its own', () => {
  const visit = waiting()
  const next = nextVersion(visit, 4, '补充')
  expect(next).toMatchObject({ basedOn: 4, reason: '补充', answers: visit.answers })
  expect(next.id).not.toBe(visit.id)
  expect(next.photos).toEqual([{ name: 'a.png', file }])
  expect(next.signatures).toEqual({ one: { file }, two: { name: '王芳' } })
})

test('files of answers go as uploads, and those that no answer names stay here', () => {
  const visit: Visit = {
    ...waiting(),
    answers: { bill: ['kept:a', 'u9'], sign: { file: 'kept:b' }, who: { name: '李明' } },
    attached: {
      'kept:a': { name: 'bill.png', file, upload: 'u3' },
      'kept:b': { name: 'signature.png', file, upload: 'u4' },
      'kept:c': { name: 'gone.png', file },
    },
  }
  expect(Object.keys(kept(visit))).toEqual(['kept:a', 'kept:b'])
  expect(sentAs(visit)).toEqual({
    bill: ['u3', 'u9'],
    sign: { file: 'u4' },
    who: { name: '李明' },
  })
  expect(nextVersion(visit, 1, '补充').attached?.['kept:a']).toEqual({ name: 'bill.png', file })
  expect(sentAs(nextVersion(visit, 1, '补充')).bill).toEqual(['kept:a', 'u9'])
})

test('what is changed after it was signed is to be signed again', () => {
  const visit = waiting()
  const changed = { ...visit, ...edited(visit, { answers: { licence: 'no' } }) }
  expect(changed).toMatchObject({ standing: 'kept', signatures: {}, unsigned: true })
  expect(changed.photos).toEqual(visit.photos)
  const signatures = { one: { file, at: new Date().toISOString() } }
  const signed = { ...changed, ...edited(changed, { signatures }) }
  expect(signed).toMatchObject({ signatures, unsigned: false, changedAt: changed.changedAt })
})

test('nobody is told of signatures that were not there', () => {
  const visit = { ...waiting(), signatures: {} }
  expect({ ...visit, ...edited(visit, { problems: [] }) }.unsigned).toBeUndefined()
})

test('a day before today in Shanghai is none to put something right by', () => {
  vi.useFakeTimers({ now: new Date('2026-11-23T16:30:00Z') })
  expect(isOverdue({ text: '', due_on: '2026-11-23' })).toBe(true)
  expect(isOverdue({ text: '', due_on: '2026-11-24' })).toBe(false)
  expect(isOverdue({ text: '' })).toBe(false)
  vi.useRealTimers()
})
