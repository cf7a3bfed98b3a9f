import type { Schemas } from '@/pages/system/schemas'

import { showInstant } from '@/time/shanghai'
import type { RatesWindow } from './ratesApi'

/** A window with the figures of one row. */
export type TrendPoint = Schemas['RatesPoint']

/** A short mark for the axis: the month that a window is named by, or the day on which it ends. */
export function trendLabel({ kind, starts_at, ends_at }: RatesWindow): string {
  const lastMoment = new Date(ends_at).getTime() - 1
  if (kind === 'day') return showInstant(lastMoment, 'date').slice(5)
  return showInstant(kind === 'month' ? starts_at : lastMoment, 'date').slice(0, 7)
}
