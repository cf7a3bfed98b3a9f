import { DatePicker } from 'antd'
import { fromWallClock, type Instant, wallClock } from '@/time/shanghai'
import { keepEnter } from './keepEnter'

interface TimeFieldProps {
  id?: string
  /** A point in time as the server sends it. */
  value?: Instant
  /** Receives RFC 3339 in UTC. */
  onChange?: (at: string | undefined) => void
}

/** A point in time, picked and shown as the clocks in Shanghai have it. */
export function TimeField({ id, value, onChange }: TimeFieldProps) {
  return (
    <DatePicker
      {...(id && { id })}
      className="qf-wide"
      onKeyDown={keepEnter}
      showTime={{ format: 'HH:mm' }}
      showNow={false} // It would be the browser's clock, not Shanghai's.
      format="YYYY-MM-DD HH:mm"
      value={value === undefined ? null : wallClock(value)}
      onChange={(picked) => onChange?.(picked ? fromWallClock(picked) : undefined)}
    />
  )
}
