import { describe, expect, it } from 'vitest'
import { fromWallClock, showDue, showInstant, toMillis, wallClock } from './shanghai'

// The tests run in New York's zone (vite.config.ts), so that a slip into the browser's zone shows.
describe('Shanghai time', () => {
  it('is shown wherever the browser is', () => {
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(300)
    expect(showInstant('2026-07-28T16:05:09Z')).toBe('2026-07-29 00:05')
    expect(showInstant('2026-07-28T16:05:09Z', 'date')).toBe('2026-07-29')
    expect(showInstant(Date.UTC(2026, 6, 28, 16, 5, 9), 'second')).toBe('2026-07-29 00:05:09')
  })

  it('ends a day that a deadline closes, and no day that it does not', () => {
    expect(showDue('2026-08-04T16:00:00Z')).toBe('2026-08-04')
    expect(showDue('2026-08-04T15:59:59Z')).toBe('2026-08-04 23:59')
    expect(showDue('2026-08-04T16:00:01Z')).toBe('2026-08-05 00:00')
    expect(showDue('2026-12-31T16:00:00Z')).toBe('2026-12-31')
  })

  it('survives a picker that thinks in the browser’s zone', () => {
    const at = '2026-07-28T16:05:09.000Z'
    expect(wallClock(at).format('YYYY-MM-DD HH:mm')).toBe('2026-07-29 00:05')
    expect(fromWallClock(wallClock(at))).toBe(at)
  })

  it('takes text and milliseconds alike', () => {
    expect(toMillis('1970-01-01T00:00:01Z')).toBe(1000)
    expect(toMillis(1000)).toBe(1000)
  })
})
