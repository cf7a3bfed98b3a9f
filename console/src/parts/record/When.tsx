import { type Instant, type Precision, showInstant, toMillis } from '@/time/shanghai'

interface WhenProps {
  /** A point in time; undefined shows a dash. */
  at: Instant | undefined
  precision?: Precision
}

/** A point in time as the clocks in Shanghai show it; pointing at it shows the second. */
export function When({ at, precision = 'minute' }: WhenProps) {
  if (at === undefined || at === '') return <span>—</span>
  return (
    <time
      className="qf-number"
      dateTime={new Date(toMillis(at)).toISOString()}
      title={`${showInstant(at, 'second')} (UTC+8)`}
    >
      {showInstant(at, precision)}
    </time>
  )
}
