import { describe, expect, it } from 'vitest'
import { boxesOf } from './boxes'

const words = {
  states: {},
  waits: [{ code: 'review', name: { zh: '待审核', en: 'To review' }, permission: 'case.review' }],
}

describe('boxesOf', () => {
  it('leads every number to the rows it was counted from', () => {
    const { mine, byState } = boxesOf({ overdue: { value: 3, capped: false } }, words)
    expect(mine.map((box) => box.to)).toEqual([
      '/casework/cases?box=todo',
      '/casework/cases?box=due',
      '/casework/cases?box=overdue',
    ])
    expect(byState[0]?.to).toBe('/casework/cases?state=received')
  })

  it('says which cases the boxes hold, and nothing where the label does', () => {
    const { mine, byState } = boxesOf(undefined, words)
    expect(mine.map((box) => box.note?.en)).toEqual([
      expect.stringMatching('your unit'),
      expect.stringMatching('signing, first contact'),
      expect.stringMatching('without a result'),
    ])
    expect(byState.some((box) => 'note' in box)).toBe(false)
  })

  it('alarms only when there is something', () => {
    const none = boxesOf({ overdue: { value: 0, capped: false } }, words).mine[2]
    const some = boxesOf({ overdue: { value: 3, capped: false } }, words).mine[2]
    expect([none?.tone, some?.tone]).toEqual(['plain', 'bad'])
  })

  it('says where the server stopped counting, and nothing before it has answered', () => {
    expect(boxesOf({ todo: { value: 1000, capped: true } }, words).mine[0]?.value).toBe('1,000+')
    expect(boxesOf(undefined, words).mine[0]?.value).toBeUndefined()
  })

  it('counts what waits for the person, of that what the person may do', () => {
    const may = (permission?: string) => permission === 'case.review'
    expect(boxesOf(undefined, words, may).turns.map(({ to }) => to)).toEqual([
      '/casework/cases?box=todo&waits=review',
    ])
    expect(boxesOf(undefined, words).turns).toEqual([])
    const custodian = (permission?: string) => permission === 'identity.approve'
    expect(boxesOf(undefined, words, custodian).turns.map(({ to }) => to)).toEqual([
      '/workbench/identity',
    ])
  })
})
