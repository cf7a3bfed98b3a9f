import { FilterOutlined } from '@ant-design/icons'
import { Badge, Button, Drawer } from 'antd'
import { useState } from 'react'
import { useNarrow } from '@/app/useNarrow'
import { useT } from '@/i18n/useT'
import type { Params } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { FilterChips } from './FilterChips'
import { FilterField } from './FilterField'
import { activeFilters, clearing, type Filter, keyOf } from './filters'
import './list.css'

/** The filters of a list: side by side where there is room, behind one button on a phone. */
export function FilterBar({ filters: all }: { filters: Filter[] }) {
  const t = useT()
  const narrow = useNarrow()
  const [params, changeParams] = useUrlParams()
  const [open, setOpen] = useState(false)
  const filters = all.filter((filter) => filter.kind !== 'link' || params[filter.name])
  const active = activeFilters(filters, params)
  // Another filter means other rows, so the place in the list goes too.
  const change = (what: Params) => changeParams({ ...what, cursor: undefined })
  const clear = () => changeParams(clearing(filters))
  const field = (filter: Filter) => (
    <FilterField key={keyOf(filter)} filter={filter} params={params} change={change} />
  )
  const clearButton = active.length > 0 && (
    <Button type="link" onClick={clear}>
      {t('清空筛选', 'Clear filters')}
    </Button>
  )
  if (!narrow) {
    return (
      <section aria-label={t('筛选', 'Filters')} className="qf-filters">
        {filters.map(field)}
        {clearButton}
      </section>
    )
  }
  const texts = filters.filter((filter) => filter.kind === 'text')
  const others = filters.filter((filter) => filter.kind !== 'text' && filter.kind !== 'link')
  return (
    <section aria-label={t('筛选', 'Filters')} className="qf-filters">
      {texts.map(field)}
      {others.length > 0 && (
        <Badge count={active.filter((filter) => filter.kind !== 'text').length} size="small">
          <Button icon={<FilterOutlined />} onClick={() => setOpen(true)}>
            {t('筛选', 'Filter')}
          </Button>
        </Badge>
      )}
      <FilterChips filters={active} params={params} change={change} />
      <Drawer
        title={t('筛选', 'Filter')}
        placement="bottom"
        size="large"
        open={open}
        onClose={() => setOpen(false)}
        extra={clearButton}
      >
        <div className="qf-filters-stacked">
          {others.map((filter) => (
            <div key={keyOf(filter)}>
              {filter.kind !== 'flag' && <div className="qf-faint">{filter.label}</div>}
              {field(filter)}
            </div>
          ))}
          <Button type="primary" block onClick={() => setOpen(false)}>
            {t('查看结果', 'Show results')}
          </Button>
        </div>
      </Drawer>
    </section>
  )
}
