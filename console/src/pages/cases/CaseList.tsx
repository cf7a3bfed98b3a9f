import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Count } from '@/api/answers'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { BulkBar } from '@/parts/list/BulkBar'
import { ColumnPicker } from '@/parts/list/ColumnPicker'
import type { Column } from '@/parts/list/column'
import type { EmptyText } from '@/parts/list/EmptyRows'
import { ExportMenu } from '@/parts/list/ExportMenu'
import { FilterBar } from '@/parts/list/FilterBar'
import { activeFilters, clearing, type Filter } from '@/parts/list/filters'
import { ListRows } from '@/parts/list/ListRows'
import { useColumns } from '@/parts/list/useColumns'
import { useLastCount } from '@/parts/list/useLastCount'
import { useSelection } from '@/parts/list/useSelection'
import { Page } from '@/parts/Page'
import { useUrlParams } from '@/url/useUrlParams'
import { type CaseQuery, type CaseRow, casesQuery } from './caseApi'
import { caseQueryOf, exportQueryOf } from './caseQuery'
import { caseColumns, caseLink } from './columns'
import { useBulkSteps } from './useBulkSteps'
import { useCaseWords } from './useCaseWords'
import './cases.css'

interface CaseListProps {
  /** Names the remembered columns. */
  id: string
  title: string
  filters: Filter[]
  /** What this list always asks for, whatever the address says. */
  fixed?: CaseQuery
  /** Other columns than those of every list. */
  columns?: Column<CaseRow>[]
  empty: EmptyText
  /** Several can be accepted, dispatched or signed for at once. */
  bulk?: boolean
  /** What stands above the filters. */
  children?: (count: Count | undefined) => ReactNode
}

/** A list of cases: filters and place in the address, columns remembered. */
export function CaseList({
  id,
  title,
  filters,
  fixed,
  columns,
  empty,
  bulk,
  children,
}: CaseListProps) {
  const t = useT()
  const [params, change] = useUrlParams()
  const rows = useQuery({
    ...casesQuery(caseQueryOf(filters, params, fixed)),
    placeholderData: keepPreviousData,
  })
  const words = useCaseWords()
  const all = columns ?? caseColumns(t, words)
  const exported = exportQueryOf(filters, params, fixed)
  const count = useLastCount(exported, rows.data?.count)
  const choice = useColumns(id, all)
  const selection = useSelection<CaseRow>(
    (row) => row.id,
    JSON.stringify(exported),
    rows.data?.items ?? [],
  )
  const actions = useBulkSteps(selection.rows)
  // Who may do none of it has nothing to tick.
  const ticked = bulk && (actions.length > 0 || selection.rows.length > 0)
  const filtered = activeFilters(filters, params).length > 0
  return (
    <Page title={title}>
      {children?.(count)}
      <div className="qf-list-tools">
        <FilterBar filters={filters} />
        <div className="qf-list-menu">
          <Can permission="case.export">
            <ExportMenu path="/api/v1/cases" pathParams={{}} query={exported} />
          </Can>
          <ColumnPicker columns={all} choice={choice} />
        </div>
      </div>
      {ticked && <BulkBar list={id} actions={actions} selection={selection} />}
      <ListRows
        rows={rows}
        count={count}
        columns={choice.shown}
        keyOf={(row) => row.id}
        linkOf={caseLink}
        selection={ticked ? selection : undefined}
        empty={empty}
        onClear={filtered ? () => change(clearing(filters)) : undefined}
      />
    </Page>
  )
}
