import type { UseQueryResult } from '@tanstack/react-query'
import type { Count, Page } from '@/api/answers'
import { useNarrow } from '@/app/useNarrow'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import type { Column } from './column'
import { EmptyRows, type EmptyText } from './EmptyRows'
import { Pager } from './Pager'
import { RowCards } from './RowCards'
import { RowTable } from './RowTable'
import type { Selection } from './useSelection'

interface ListRowsProps<Row> {
  rows: UseQueryResult<Page<Row>>
  count: Count | undefined
  columns: Column<Row>[]
  keyOf: (row: Row) => string
  linkOf: ((row: Row) => string) | undefined
  selection: Selection<Row> | undefined
  empty: EmptyText
  onClear: (() => void) | undefined
}

/** The rows of a list in whichever state they are: loading, refused, none, or there. */
export function ListRows<Row>({ rows, count, empty, onClear, ...view }: ListRowsProps<Row>) {
  const narrow = useNarrow()
  if (rows.error) return <ProblemAlert error={rows.error} onRetry={rows.refetch} />
  const View = narrow ? RowCards : RowTable
  return (
    <>
      <View
        {...view}
        rows={rows.data?.items ?? []}
        loading={rows.isPending || rows.isPlaceholderData}
        empty={
          rows.isPending ? (
            <div className="qf-rows-pending" />
          ) : (
            <EmptyRows empty={empty} onClear={onClear} />
          )
        }
      />
      <Pager next={rows.data?.next} count={count} />
    </>
  )
}
