import { Empty } from 'antd'
import { useNarrow } from '@/app/useNarrow'
import type { Column } from './column'
import { RowCards } from './RowCards'
import { RowTable } from './RowTable'

interface PlainRowsProps<Row> {
  rows: readonly Row[] | null | undefined
  columns: Column<Row>[]
  keyOf: (row: Row) => string
  linkOf?: ((row: Row) => string) | undefined
  loading?: boolean
  empty: string
}

/** A few rows inside another page: no filters, no pages; a table, and cards on a phone. */
export function PlainRows<Row>(props: PlainRowsProps<Row>) {
  const { rows, loading = false, linkOf, empty, ...view } = props
  const narrow = useNarrow()
  const View = narrow ? RowCards : RowTable
  return (
    <View
      {...view}
      rows={[...(rows ?? [])]}
      loading={loading}
      linkOf={linkOf}
      selection={undefined}
      empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />}
    />
  )
}
