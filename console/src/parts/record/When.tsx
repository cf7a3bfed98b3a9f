import { type Instant, type Precision, showDue, showInstant, toMillis } from '@/time/shanghai'

interface WhenProps {
  /** A point in time; undefined shows a dash. */
  at: Instant | undefined
  precision?: Precision
  /** It is a deadline: a midnight is the end of the day before. */
  due?: boolean
}

/** A point in time as the clocks in Shanghai show it; pointing at it shows the second. */
export function When({ at, precision = 'minute', due = false }: WhenProps) {
  if (at === undefined || at === '') return <span>—</span>
  return (
    <time
      className="qf-number"
      dateTime={new Date(toMillis(at)).toISOString()}
      title={`${showInstant(at, 'second')} (UTC+8)`}
    >
      {due ? showDue(at) : showInstant(at, precision)}
    </time>
  )
}
