import { describe, expect, it } from 'vitest'
import { translator } from '@/i18n/text'
import { isUncertain, showInterval, showMove, showPercent, showPlaces, showScore } from './figures'
import type { Line } from './ratesApi'
import { trendLabel } from './trend'

const zh = translator('zh')
const en = translator('en')

const line = (sample: number) => ({ counts: { sample } }) as unknown as Line

describe('figures in words', () => {
  it('shows a dash where there is no rate, and zero where there is one', () => {
    expect(showPercent(null)).toBe('—')
    expect(showPercent(0)).toBe('0%')
    expect(showPercent(98.456)).toBe('98.46%')
    expect(showScore(undefined)).toBe('—')
    expect(showScore(99.6)).toBe('99.6')
  })

  it('says in which direction something moved without colour', () => {
    expect(showMove(12.5, 'count', zh)).toBe('▲ 12.5%')
    expect(showMove(-3, 'rate', zh)).toBe('▼ 3 个百分点')
    expect(showMove(90, 'score', en)).toBe('▲ 90 pts')
    expect(showMove(0, 'score', zh)).toBe('＝ 0 分')
    expect(showMove(null, 'rate', zh)).toBe('')
    expect(showPlaces(2)).toBe('↑2')
    expect(showPlaces(-1)).toBe('↓1')
    expect(showPlaces(0)).toBe('')
  })

  it('shows an interval only where few answers stand behind a rate', () => {
    expect(showInterval({ low: 72.25, high: 100 })).toBe('72–100%')
    expect(isUncertain(line(19), 10)).toBe(true)
    expect(isUncertain(line(20), 10)).toBe(false)
    expect(isUncertain(line(0), 10)).toBe(false)
    expect(isUncertain({} as Line, 10)).toBe(false)
  })
})

describe('the mark of a window on the axis', () => {
  const window = (kind: string, starts_at: string, ends_at: string) =>
    trendLabel({ kind, starts_at, ends_at } as Parameters<typeof trendLabel>[0])

  it('is the month in Shanghai that names it, or the day on which it ends', () => {
    expect(window('month', '2026-09-30T16:00:00Z', '2026-10-31T16:00:00Z')).toBe('2026-10')
    expect(window('period', '2026-09-18T16:00:00Z', '2026-10-18T16:00:00Z')).toBe('2026-10')
    expect(window('day', '2026-10-01T04:00:00Z', '2026-10-02T04:00:00Z')).toBe('10-02')
  })
})
