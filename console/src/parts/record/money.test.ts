import { describe, expect, it } from 'vitest'
import { toFen } from '../fields/fen'
import { showMoney } from './money'

describe('money', () => {
  it('shows 分 in the unit of the header', () => {
    expect(showMoney(123_456_789)).toBe('1,234,567.89')
    expect(showMoney(5)).toBe('0.05')
    expect(showMoney(123_456_789, 'wan')).toBe('123.46')
  })

  it('turns typed 元 into whole 分 although 8.07 is no binary number', () => {
    expect(toFen(8.07)).toBe(807)
    expect(toFen(1.005)).toBe(100)
    expect(toFen(0)).toBe(0)
  })
})
