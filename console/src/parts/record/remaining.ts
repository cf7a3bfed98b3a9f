import type { Translate } from '@/i18n/text'

/** How urgent a deadline is now. */
export type Urgency = 'calm' | 'soon' | 'overdue'

/** The share of the time allowed under which a deadline turns amber. */
export const soonShare = 0.2

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How urgent a deadline is that began at `from` and ends at `due` (milliseconds). */
export function urgency(from: number, due: number, now: number): Urgency {
  if (now > due) return 'overdue'
  return due - now < soonShare * (due - from) ? 'soon' : 'calm'
}

/** The time left or exceeded in words: `剩 1 天 4 小时`, `已超 3 小时`. */
export function remaining(due: number, now: number, t: Translate): string {
  const length = duration(Math.abs(due - now), t)
  return now > due ? t(`已超 ${length}`, `${length} overdue`) : t(`剩 ${length}`, `${length} left`)
}

/** A length of time in its two largest units, rounded down. */
export function duration(ms: number, t: Translate): string {
  const days = Math.floor(ms / day)
  const hours = Math.floor((ms % day) / hour)
  const minutes = Math.floor((ms % hour) / minute)
  if (days > 0) return join(days, t('天', 'd'), hours, t('小时', 'h'))
  if (hours > 0) return join(hours, t('小时', 'h'), minutes, t('分', 'min'))
  return ms < minute ? t('不到 1 分钟', 'under 1 min') : `${minutes} ${t('分钟', 'min')}`
}

function join(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`
}
