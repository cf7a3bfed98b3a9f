import { Button, Empty } from 'antd'
import { useState } from 'react'
import { useNarrow } from '@/app/useNarrow'
import { useT } from '@/i18n/useT'
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

/** So many rows stand there before somebody asks for the others. */
const shownFirst = 20

/** A few rows inside another page: no filters, no pages; a table, and cards on a phone. */
export function PlainRows<Row>(props: PlainRowsProps<Row>) {
  const { rows, loading = false, linkOf, empty, ...view } = props
  const t = useT()
  const narrow = useNarrow()
  const [whole, setWhole] = useState(false)
  const all = rows ?? []
  const shown = whole ? [...all] : all.slice(0, shownFirst)
  const View = narrow ? RowCards : RowTable
  return (
    <>
      <View
        {...view}
        rows={shown}
        loading={loading}
        linkOf={linkOf}
        selection={undefined}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />}
      />
      {shown.length < all.length && (
        <Button type="link" onClick={() => setWhole(true)}>
          {t(`显示全部 ${all.length} 条`, `Show all ${all.length}`)}
        </Button>
      )}
    </>
  )
}
