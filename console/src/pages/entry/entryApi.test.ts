import { describe, expect, it } from 'vitest'
import { type Entry, filledIn, newKey } from './entryApi'

describe('filledIn', () => {
  it('leaves out what was left empty, also among the answers', () => {
    const entry = {
      channel: 'telephone',
      category: 'F',
      mode: 'named',
      narrative: '收了红包',
      wish: '',
      about_leader: false,
      answers: { amount: '', form: 'cash' },
    } as Entry
    expect(filledIn(entry)).toEqual({
      channel: 'telephone',
      category: 'F',
      mode: 'named',
      narrative: '收了红包',
      answers: { form: 'cash' },
    })
  })
})

describe('newKey', () => {
  it('is another one each time', () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/)
    expect(newKey()).not.toBe(newKey())
  })
})
