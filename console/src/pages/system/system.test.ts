import { describe, expect, it } from 'vitest'
import { translator } from '@/i18n/text'
import { linesOf } from './lines'
import { moved, withPart } from './RowsField'
import { specOf } from './settingSpec'
import { shortValue, typedValue } from './settingValue'
import { showSpan } from './span'

const t = translator('zh')

describe('the value of a setting', () => {
  it('is edited as what it is', () => {
    expect(specOf('x', 10)).toEqual({ kind: 'number' })
    expect(specOf('x', false)).toEqual({ kind: 'switch' })
    expect(specOf('x', '24h')).toEqual({ kind: 'limit' })
    expect(specOf('x', 'noon')).toEqual({ kind: 'text' })
    expect(specOf('casework.limits', [])?.kind).toBe('rows')
    expect(specOf('x', { a: 1 })).toBeUndefined()
  })

  it('of no known shape is read back as JSON, or goes as the text that it is', () => {
    expect(typedValue('[50, 80]')).toEqual([50, 80])
    expect(typedValue('[50,')).toBe('[50,')
  })

  it('fits in one line', () => {
    expect(shortValue({ a: 1 })).toBe('{"a":1}')
    expect(shortValue(Array(100).fill(1))).toHaveLength(81)
  })
})

describe('a table of rules', () => {
  const rows = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]

  it('keeps its rows in the order that the person gave them', () => {
    expect(moved(rows, 2, -1).map(({ name }) => name)).toEqual(['a', 'c', 'b'])
    expect(moved(rows, 0, 1).map(({ name }) => name)).toEqual(['b', 'a', 'c'])
  })

  it('leaves out a condition without entries, which means all', () => {
    expect(withPart({ name: 'a', classes: ['tip'] }, 'classes', [])).toEqual({ name: 'a' })
    expect(withPart({ name: 'a' }, 'finish', '7d')).toEqual({ name: 'a', finish: '7d' })
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
