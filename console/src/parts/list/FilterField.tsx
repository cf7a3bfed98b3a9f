import { Checkbox, Select, Tag } from 'antd'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { many, type Params, single } from '@/url/params'
import { DaysFilter } from './DaysFilter'
import type { Filter } from './filters'
import { TextFilter } from './TextFilter'

interface FilterFieldProps {
  filter: Filter
  params: Params
  change: (change: Params) => void
}

/** The input of one filter. */
export function FilterField({ filter, params, change }: FilterFieldProps) {
  if (filter.kind === 'days') return <DaysFilter filter={filter} params={params} change={change} />
  const { name, label } = filter
  const value = single(params[name])
  switch (filter.kind) {
    case 'text':
      return (
        <TextFilter label={label} value={value ?? ''} onChange={(v) => change({ [name]: v })} />
      )
    case 'flag':
      return (
        <Checkbox
          checked={value === 'true'}
          onChange={(event) => change({ [name]: event.target.checked ? 'true' : undefined })}
        >
          {label}
        </Checkbox>
      )
    case 'link':
      return (
        <Tag closable onClose={() => change({ [name]: undefined })}>
          {label}
        </Tag>
      )
    case 'choice':
      return (
        <Select
          className="qf-filter-input"
          aria-label={label}
          placeholder={label}
          allowClear
          popupMatchSelectWidth={false}
          maxTagCount="responsive"
          showSearch={{ optionFilterProp: 'label' }}
          {...(filter.many && { mode: 'multiple' as const })}
          options={filter.options}
          value={filter.many ? many(params[name]) : (value ?? null)}
          onChange={(chosen: string | string[] | undefined) => change({ [name]: chosen })}
        />
      )
    case 'unit':
    case 'node':
      return (
        <div className="qf-filter-input">
          <OrgPicker
            label={label}
            value={value}
            regions={filter.kind === 'node'}
            onChange={(id) => change({ [name]: id })}
          />
        </div>
      )
  }
}
