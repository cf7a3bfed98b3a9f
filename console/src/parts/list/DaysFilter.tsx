import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { type Params, single } from '@/url/params'
import type { Filter } from './filters'

interface DaysFilterProps {
  filter: Extract<Filter, { kind: 'days' }>
  params: Params
  change: (change: Params) => void
}

/** A range of calendar days, open at either end. */
export function DaysFilter({ filter, params, change }: DaysFilterProps) {
  const [from, to] = filter.names
  const day = (name: string) => {
    const value = single(params[name])
    return value ? dayjs(value) : null
  }
  return (
    <DatePicker.RangePicker
      className="qf-filter-days"
      aria-label={filter.label}
      placeholder={[filter.label, '']}
      allowEmpty={[true, true]}
      value={[day(from), day(to)]}
      onChange={(days) =>
        change({
          [from]: days?.[0]?.format('YYYY-MM-DD'),
          [to]: days?.[1]?.format('YYYY-MM-DD'),
        })
      }
    />
  )
}
