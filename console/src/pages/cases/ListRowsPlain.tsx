import { Empty } from 'antd'
import { useNarrow } from '@/app/useNarrow'
import type { Column } from '@/parts/list/column'
import { RowCards } from '@/parts/list/RowCards'
import { RowTable } from '@/parts/list/RowTable'
import type { CaseRow } from './caseApi'

interface ListRowsPlainProps {
  rows: CaseRow[]
  columns: Column<CaseRow>[]
  linkOf: (row: CaseRow) => string
  loading?: boolean
  empty: string
}

/** A few cases inside another page: no filters, no pages. */
export function ListRowsPlain({ rows, loading = false, empty, ...view }: ListRowsPlainProps) {
  const narrow = useNarrow()
  const View = narrow ? RowCards : RowTable
  return (
    <View
      {...view}
      rows={rows}
      loading={loading}
      keyOf={(row) => row.id}
      selection={undefined}
      empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />}
    />
  )
}
