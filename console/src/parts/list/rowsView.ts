import type { ReactNode } from 'react'
import type { Column } from './column'
import type { Selection } from './useSelection'

/** What a view of rows, table or cards, is given. */
export interface RowsViewProps<Row> {
  rows: Row[]
  columns: Column<Row>[]
  keyOf: (row: Row) => string
  linkOf: ((row: Row) => string) | undefined
  selection: Selection<Row> | undefined
  loading: boolean
  empty: ReactNode
}
