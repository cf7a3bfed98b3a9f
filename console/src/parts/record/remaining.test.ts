import { describe, expect, it } from 'vitest'
import { translator } from '@/i18n/text'
import { duration, remaining, urgency } from './remaining'

const zh = translator('zh')
const en = translator('en')
const hour = 3_600_000

describe('urgency', () => {
  const from = 0
  const due = 10 * hour

  it('turns amber below 20 % of the time, not at it', () => {
    expect(urgency(from, due, 8 * hour)).toBe('calm')
    expect(urgency(from, due, 8 * hour + 1)).toBe('soon')
  })

  it('is overdue after the deadline, not at it', () => {
    expect(urgency(from, due, due)).toBe('soon')
    expect(urgency(from, due, due + 1)).toBe('overdue')
  })

  it('is never amber when there was no time at all', () => {
    expect(urgency(due, due, due)).toBe('calm')
  })
})

describe('remaining', () => {
  it('says what is left and what is exceeded', () => {
    expect(remaining(28 * hour, 0, zh)).toBe('剩 1 天 4 小时')
    expect(remaining(0, 3 * hour, zh)).toBe('已超 3 小时')
    expect(remaining(28 * hour, 0, en)).toBe('1 d 4 h left')
    expect(remaining(0, 3 * hour, en)).toBe('3 h overdue')
  })
})

describe('duration', () => {
  it.each([
    [0, '不到 1 分钟'],
    [59_999, '不到 1 分钟'],
    [60_000, '1 分钟'],
    [hour - 1, '59 分钟'],
    [hour, '1 小时'],
    [hour + 60_000, '1 小时 1 分'],
    [24 * hour - 1, '23 小时 59 分'],
    [24 * hour, '1 天'],
    [49 * hour + 59 * 60_000, '2 天 1 小时'],
  ])('%i ms is %s', (ms, words) => {
    expect(duration(ms, zh)).toBe(words)
  })
})
