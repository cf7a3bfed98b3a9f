import type { ReactNode } from 'react'

/** One column of a list. */
export interface Column<Row> {
  key: string
  title: string
  cell: (row: Row) => ReactNode
  /** The column that names the row: it links to the record and is always shown. */
  primary?: boolean
  /** Not shown until the person asks for it. */
  hidden?: boolean
  /** Text of any length: it may wrap, while every other column stays in one line. */
  long?: boolean
  align?: 'left' | 'right' | 'center'
  width?: number
  /** The name by which the server can order the rows. */
  sort?: string
}

/** A column of numbers, which stand one below the other. */
export function countColumn<Row>(key: string, title: string, of: Column<Row>['cell']): Column<Row> {
  return { key, title, align: 'right', cell: of }
}
