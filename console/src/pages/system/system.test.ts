import { describe, expect, it } from 'vitest'
import { translator } from '@/i18n/text'
import { linesOf } from './lines'
import { shapeOf, shortValue, typedValue } from './settingValue'
import { showSpan } from './span'

const t = translator('zh')

describe('the value of a setting', () => {
  it('is edited as what it is', () => {
    expect(shapeOf(10)).toBe('number')
    expect(shapeOf(false)).toBe('switch')
    expect(shapeOf('24h')).toBe('text')
    expect(shapeOf([50, 80])).toBe('json')
  })

  it('is read back as it was written, and refused where it is no JSON', () => {
    expect(typedValue('json', '[50, 80]')).toEqual([50, 80])
    expect(typedValue('json', '[50,')).toBeUndefined()
    expect(typedValue('number', 3)).toBe(3)
    expect(typedValue('text', '15wd')).toBe('15wd')
  })

  it('fits in one line', () => {
    expect(shortValue(true, t)).toBe('是')
    expect(shortValue('24h', t)).toBe('24h')
    expect(shortValue(Array(100).fill(1), t)).toHaveLength(81)
  })
})

describe('lines and spans', () => {
  it('takes days however they are parted', () => {
    expect(linesOf(' 2027-01-01\n2027-01-02，2027-01-03 \n\n')).toEqual([
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ])
    expect(linesOf(undefined)).toEqual([])
  })

  it('writes a span in its two largest units', () => {
    expect(showSpan(90_000, t)).toBe('1 天 1 小时')
    expect(showSpan(3660, t)).toBe('1 小时 1 分')
    expect(showSpan(120, t)).toBe('2 分钟')
    expect(showSpan(0, t)).toBe('0 秒')
  })
})
