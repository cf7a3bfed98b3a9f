import { Tag } from 'antd'
import { NodeName } from '@/parts/fields/NodeName'
import { type Params, single } from '@/url/params'
import { clearing, type Filter, inWords, keyOf } from './filters'

interface FilterChipsProps {
  /** The filters that are set. */
  filters: Filter[]
  params: Params
  change: (change: Params) => void
}

/** What a list is filtered by, each with a cross that takes it away. */
export function FilterChips({ filters, params, change }: FilterChipsProps) {
  return filters.map((filter) => (
    <Tag key={keyOf(filter)} closable onClose={() => change(clearing([filter]))}>
      {inWords(filter, params) ?? <NodeName node={single(params[keyOf(filter)]) ?? ''} />}
    </Tag>
  ))
}
