import { describe, expect, it } from 'vitest'
import type { CaseDetail } from './caseApi'
import { stepsOf } from './nextStep'
import { bodyOf, specOf } from './steps'
import { limitName, wordOf } from './words'

describe('bodyOf', () => {
  const spec = (name: string) => specOf(name) as NonNullable<ReturnType<typeof specOf>>

  it('leaves out what was not filled in', () => {
    expect(bodyOf(spec('dispatch'), { lead: 'u1', reason: '', helpers: undefined })).toEqual({
      lead: 'u1',
    })
  })

  it('says which request it is', () => {
    expect(bodyOf(spec('ask_pause'), { reason: '等鉴定' })).toEqual({
      kind: 'pause',
      reason: '等鉴定',
    })
  })

  it('sends the level of supervision as a number', () => {
    expect(bodyOf(spec('supervise'), { level: '3', demand: '限期答复' })).toEqual({
      level: 3,
      demand: '限期答复',
    })
  })

  it('sends no answers of somebody who was not reached', () => {
    const values = { method: 'phone', reached: false, answers: { solved: 'yes' } }
    expect(bodyOf(spec('callback'), values)).toEqual({ method: 'phone', reached: false })
    expect(bodyOf(spec('callback'), { ...values, reached: true })).toHaveProperty(
      'answers.solved',
      'yes',
    )
  })

  it('sends nothing where nothing is asked for', () => {
    expect(bodyOf(spec('sign'), {})).toBeUndefined()
  })
})

describe('specOf', () => {
  it('finds the forms that are about a paper of the case', () => {
    expect(specOf('refuse.r7')).toMatchObject({
      tail: 'requests/{request}/decision',
      on: { request: 'r7' },
    })
    expect(specOf('grant.r7')?.fixed).toEqual({ grant: true })
    expect(specOf('end.s1')?.on).toEqual({ supervision: 's1' })
    expect(specOf('merge.c3')).toMatchObject({ tail: 'merge', initial: { into: 'c3' } })
  })

  it('knows nothing of what an address makes up', () => {
    expect(specOf('toString')).toBeUndefined()
    expect(specOf('explode.r7')).toBeUndefined()
    expect(specOf(undefined)).toBeUndefined()
  })
})

describe('stepsOf', () => {
  const detail = (state: string, actions: string[], more: object = {}) =>
    ({
      case: { state, route: 'general', ...more },
      actions: actions.map((name) => ({ name, text: { zh: name, en: name } })),
      assignments: [{ part: 'lead', signed_at: '2026-07-01T00:00:00Z' }],
    }) as unknown as CaseDetail

  it('puts the contact before the result, once', () => {
    const actions = ['assign', 'contact', 'submit', 'note']
    expect(stepsOf(detail('handling', actions)).primary).toBe('contact')
    const later = detail('handling', actions, { contacted_at: '2026-07-01T00:00:00Z' })
    expect(stepsOf(later).primary).toBe('submit')
    expect(stepsOf(later).more).toEqual(['assign', 'contact', 'note'])
  })

  it('decides on a clue first, and gives a case to somebody before it is worked on', () => {
    const clue = { ...detail('handling', ['contact', 'dispose']), dispositions: [] as unknown[] }
    expect(stepsOf(clue as unknown as CaseDetail).primary).toBe('dispose')
    clue.dispositions = [{}]
    expect(stepsOf(clue as unknown as CaseDetail).primary).toBe('contact')
    const ours = { ...detail('handling', ['assign', 'contact']), assignments: [{ unit_id: 'h' }] }
    expect(stepsOf(ours as unknown as CaseDetail, 'h').primary).toBe('assign')
    expect(stepsOf(ours as unknown as CaseDetail, 'ward').primary).toBe('contact')
  })

  it('writes to who can be reached in no other way', () => {
    const actions = ['submit', 'message', 'note']
    const anonymous = detail('handling', actions, { mode: 'anonymous' })
    expect(stepsOf(anonymous)).toEqual({ primary: 'message', more: ['submit', 'note'] })
    expect(stepsOf(detail('handling', actions)).primary).toBe('submit')
  })

  it('calls back before it archives', () => {
    const { primary, more } = stepsOf(detail('calling', ['close', 'rework', 'note', 'callback']))
    expect(primary).toBe('callback')
    expect(more).toContain('close')
  })

  it('makes nothing primary of what does not lead on', () => {
    expect(stepsOf(detail('archived', ['supervise', 'note']))).toEqual({
      primary: undefined,
      more: ['supervise', 'note'],
    })
  })

  it('has a form for every step that the server offers in the menu, and none for the papers’ own', () => {
    const onPapers = ['decide', 'answer_supervision', 'end_supervision', 'message']
    const { primary, more } = stepsOf(detail('handling', [...onPapers, 'reopen', 'object']))
    expect(primary).toBeUndefined()
    expect(more).toEqual(['reopen', 'object'])
  })
})

describe('words', () => {
  it('names what the lists know, and limits', () => {
    expect(wordOf({ dispatch: { zh: '派单', en: 'Dispatched' } }, 'dispatch').zh).toBe('派单')
    expect(wordOf({}, 'of_tomorrow').zh).toBe('of_tomorrow')
    expect(limitName('5wd').zh).toBe('5 个工作日')
    expect(limitName('soon').en).toBe('soon')
  })
})
