import { describe, expect, it } from 'vitest'
import { showMoney } from './money'

describe('money', () => {
  it('shows 分 in the unit of the header', () => {
    expect(showMoney(123_456_789)).toBe('1,234,567.89')
    expect(showMoney(5)).toBe('0.05')
    expect(showMoney(123_456_789, 'wan')).toBe('123.46')
  })
})
