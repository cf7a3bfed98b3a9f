import dayjs, { type Dayjs } from 'dayjs'
import timezone from 'dayjs/plugin/timezone'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)
dayjs.extend(timezone)

/** The zone of every time on screen, wherever the browser is. */
export const zone = 'Asia/Shanghai'

/** A point in time as the server sends it: RFC 3339 text or milliseconds since 1970 UTC. */
export type Instant = string | number

/** How much of a point in time is shown. */
export type Precision = 'date' | 'minute' | 'second'

const formats: Record<Precision, string> = {
  date: 'YYYY-MM-DD',
  minute: 'YYYY-MM-DD HH:mm',
  second: 'YYYY-MM-DD HH:mm:ss',
}

/** Writes a point in time as the clocks in Shanghai show it. */
export function showInstant(at: Instant, precision: Precision = 'minute'): string {
  return dayjs(at).tz(zone).format(formats[precision])
}

/**
 * Writes a deadline: one that falls on a midnight is the end of the day before, and people are told
 * that day; one within a day has its time.
 */
export function showDue(at: Instant): string {
  const due = dayjs(at).tz(zone)
  const ends = due.startOf('day').isSame(due)
  return ends ? due.subtract(1, 'day').format(formats.date) : due.format(formats.minute)
}

/** Milliseconds since 1970 UTC. */
export function toMillis(at: Instant): number {
  return dayjs(at).valueOf()
}

/**
 * The Shanghai wall clock as a zone-less picker value. Ant Design's pickers calculate in the
 * browser's zone, so they are given the digits of the wall clock and never the instant.
 */
export function wallClock(at: Instant): Dayjs {
  return dayjs(showInstant(at, 'second'))
}

/** The instant that a zone-less picker value means in Shanghai, as RFC 3339 in UTC. */
export function fromWallClock(picked: Dayjs): string {
  return dayjs.tz(picked.format(formats.second), zone).toISOString()
}

/** The first moment of a calendar day (`YYYY-MM-DD`) in Shanghai, as RFC 3339 in UTC. */
export function dayStart(day: string): string {
  const start = dayjs.tz(`${day} 00:00:00`, zone)
  return start.isValid() ? start.toISOString() : day // The server says what is wrong with it.
}

/** The calendar day that it is in Shanghai by the clock of this machine, `YYYY-MM-DD`. */
export function today(): string {
  return showInstant(Date.now(), 'date')
}

/** The calendar day that follows one. */
export function dayAfter(day: string): string {
  const next = dayjs(day, 'YYYY-MM-DD').add(1, 'day')
  return next.isValid() ? next.format('YYYY-MM-DD') : day
}
