import type { ReactNode } from 'react'
import type { ListPath, RowOf } from '@/api/answers'
import { Page } from '@/parts/Page'
import { useUrlParams } from '@/url/useUrlParams'
import { BulkBar } from './BulkBar'
import type { BulkAction } from './bulk'
import { ColumnPicker } from './ColumnPicker'
import type { Column } from './column'
import type { EmptyText } from './EmptyRows'
import { ExportMenu } from './ExportMenu'
import { FilterBar } from './FilterBar'
import { activeFilters, clearing, type Filter } from './filters'
import { ListRows } from './ListRows'
import { rowQuery } from './query'
import { useColumns } from './useColumns'
import { useRows } from './useRows'
import { useSelection } from './useSelection'

interface ListPageProps<P extends ListPath> {
  /** Names the remembered columns and the drafts of bulk reasons. */
  id: string
  /** Left out where the list stands inside a page that has a title. */
  title?: string
  /** The endpoint; the rows take their type from it. */
  path: P
  pathParams?: Record<string, string>
  filters?: Filter[]
  columns: Column<RowOf<P>>[]
  keyOf: (row: RowOf<P>) => string
  /** The address of the record that a row stands for. */
  linkOf?: (row: RowOf<P>) => string
  bulk?: BulkAction<RowOf<P>>[]
  /** The endpoint answers `/export` with the same filters. */
  exportable?: boolean
  /** Buttons at the top right, the primary one last. */
  actions?: ReactNode
  empty: EmptyText
  /** What stands above the filters, for example numbers. */
  children?: ReactNode
}

const noFilters: Filter[] = []
const noParams = {}

/** A list of records: filters and place in the address, columns remembered, export, bulk actions. */
export function ListPage<P extends ListPath>(props: ListPageProps<P>) {
  const {
    id,
    title,
    path,
    pathParams = noParams,
    filters = noFilters,
    columns,
    keyOf,
    bulk,
  } = props
  const [params, change] = useUrlParams()
  const filtered = rowQuery(filters, params)
  const { rows, count } = useRows(path, pathParams, filters)
  const choice = useColumns(id, columns)
  const selection = useSelection(keyOf, JSON.stringify(filtered), rows.data?.items ?? [])
  const filteredOut = activeFilters(filters, params).length > 0
  return (
    <Frame title={title} actions={props.actions}>
      {props.children}
      <div className="qf-list-tools">
        <FilterBar filters={filters} />
        <div className="qf-list-menu">
          {props.exportable && <ExportMenu path={path} pathParams={pathParams} query={filtered} />}
          <ColumnPicker columns={columns} choice={choice} />
        </div>
      </div>
      {bulk && <BulkBar list={id} actions={bulk} selection={selection} />}
      <ListRows
        rows={rows}
        count={count}
        columns={choice.shown}
        keyOf={keyOf}
        linkOf={props.linkOf}
        selection={bulk && selection}
        empty={props.empty}
        onClear={filteredOut ? () => change(clearing(filters)) : undefined}
      />
    </Frame>
  )
}

function Frame({
  title,
  actions,
  children,
}: {
  title: string | undefined
  actions: ReactNode
  children: ReactNode
}) {
  if (title === undefined) return children
  return (
    <Page title={title} actions={actions}>
      {children}
    </Page>
  )
}
