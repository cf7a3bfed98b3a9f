import { type Translate, text } from '@/i18n/text'
import type { Line, Moves } from './ratesApi'

/** The three rates in their fixed order, with the measure that leads to their cases. */
export const threeRates = [
  { key: 'response', measure: 'response' },
  { key: 'resolution', measure: 'resolution' },
  { key: 'satisfaction', measure: 'satisfaction' },
] as const

/** Writes a percentage with at most two digits, a dash where there is none. */
export function showPercent(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : `${trim(value)}%`
}

/** Writes a score of 0 to 100, a dash where there is none. */
export function showScore(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : trim(value)
}

/** Writes a 95 % interval: `72–100%`. */
export function showInterval({ low, high }: { low: number; high: number }): string {
  return `${Math.round(low)}–${Math.round(high)}%`
}

/** In what a change is told: a rate in percentage points, a score in points, a count in percent. */
export const moveUnits = {
  rate: text(' 个百分点', ' pct. pts'),
  score: text(' 分', ' pts'),
  count: text('%', '%'),
}

/** Writes a change with its direction and unit, nothing where there is none to compare with. */
export function showMove(
  change: number | null | undefined,
  unit: keyof typeof moveUnits,
  t: Translate,
): string {
  if (change === null || change === undefined) return ''
  const arrow = change === 0 ? '＝' : change > 0 ? '▲' : '▼'
  return `${arrow} ${trim(Math.abs(change))}${t(moveUnits[unit])}`
}

/** Writes how many places a rank moved, nothing where it did not. */
export function showPlaces(places: Moves['rank']): string {
  if (!places) return ''
  return `${places > 0 ? '↑' : '↓'}${Math.abs(places)}`
}

/** Whether so few call-backs stand behind a line that its rates are shown with their interval. */
export function isUncertain(line: Line, minSample: number): boolean {
  const sample = line.counts?.sample
  return sample !== undefined && sample > 0 && sample < minSample * 2
}

function trim(value: number): string {
  return String(Math.round(value * 100) / 100)
}
