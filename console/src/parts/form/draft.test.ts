import { describe, expect, it, vi } from 'vitest'
import { Drafts, dropDrafts } from './draft'

describe('drafts', () => {
  const mine = new Drafts('u1')
  const hers = new Drafts('u2')

  it('belong to one person and one form', () => {
    mine.keep('case', { title: '甲' })
    expect(mine.read('case')).toEqual({ title: '甲' })
    expect(mine.read('other')).toBeUndefined()
    expect(hers.read('case')).toBeUndefined()
  })

  it('go when someone else signs in, and altogether on signing out', () => {
    mine.keep('case', { a: 1 })
    hers.keep('case', { a: 2 })
    sessionStorage.setItem('other', 'x')
    hers.dropOthers()
    expect([mine.read('case'), hers.read('case')]).toEqual([undefined, { a: 2 }])
    dropDrafts()
    expect(hers.read('case')).toBeUndefined()
    expect(sessionStorage.getItem('other')).toBe('x')
  })

  it('do not confuse a person with one whose id begins alike', () => {
    new Drafts('u10').keep('case', { a: 1 })
    mine.dropOthers()
    expect(new Drafts('u10').read('case')).toBeUndefined()
  })

  it('cost nothing but themselves when the storage is full or spoilt', () => {
    sessionStorage.setItem('qingfeng.draft.u1.case', '{half')
    expect(mine.read('case')).toBeUndefined()
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(() => mine.keep('case', { a: 1 })).not.toThrow()
  })
})
