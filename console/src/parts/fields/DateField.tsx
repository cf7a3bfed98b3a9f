import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { keepEnter } from './keepEnter'

interface DateFieldProps {
  id?: string
  /** A calendar day, `YYYY-MM-DD`. */
  value?: string
  onChange?: (day: string | undefined) => void
}

const format = 'YYYY-MM-DD'

/** A calendar day as text; a day has no zone, so none can shift it. */
export function DateField({ id, value, onChange }: DateFieldProps) {
  return (
    <DatePicker
      {...(id && { id })}
      className="qf-wide"
      onKeyDown={keepEnter}
      value={value ? dayjs(value, format) : null}
      onChange={(day) => onChange?.(day?.format(format))}
    />
  )
}
