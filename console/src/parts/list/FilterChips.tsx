import { Tag } from 'antd'
import { UnitName } from '@/parts/fields/UnitName'
import { type Params, single } from '@/url/params'
import { clearing, describe, type Filter } from './filters'

interface FilterChipsProps {
  /** The filters that are set. */
  filters: Filter[]
  params: Params
  change: (change: Params) => void
}

/** What a list is filtered by, each with a cross that takes it away. */
export function FilterChips({ filters, params, change }: FilterChipsProps) {
  return filters.map((filter) => (
    <Tag key={filter.name} closable onClose={() => change(clearing([filter]))}>
      {describe(filter, params) ?? <UnitName id={single(params[filter.name]) ?? ''} />}
    </Tag>
  ))
}
