import { Table, type TableColumnType } from 'antd'
import type { SortOrder } from 'antd/es/table/interface'
import { InnerLink } from '@/url/InnerLink'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import type { Column } from './column'
import { paging } from './query'
import type { RowsViewProps } from './rowsView'
import './list.css'

/** The rows as a dense table; the order stands in the address as `sort=name` or `sort=-name`. */
export function RowTable<Row>(props: RowsViewProps<Row>) {
  const { rows, columns, keyOf, linkOf, selection, loading, empty } = props
  const [params, change] = useUrlParams()
  const sort = single(params[paging.sort])
  return (
    <Table<Row>
      size="small"
      rowKey={keyOf}
      dataSource={rows}
      loading={loading}
      pagination={false}
      className="qf-table"
      locale={{ emptyText: empty }}
      columns={columns.map((column) => tableColumn(column, linkOf, sort))}
      onChange={(_page, _filters, sorter) => {
        const { columnKey, order } = Array.isArray(sorter) ? {} : sorter
        const by = columns.find((column) => column.key === columnKey)?.sort
        change({ [paging.sort]: sortParam(by, order), [paging.cursor]: undefined })
      }}
      {...(selection && {
        rowSelection: {
          selectedRowKeys: selection.keys,
          onChange: (keys) => selection.tick(rows, keys.map(String)),
        },
      })}
    />
  )
}

function tableColumn<Row>(
  column: Column<Row>,
  linkOf: ((row: Row) => string) | undefined,
  sort: string | undefined,
): TableColumnType<Row> {
  const { key, title, cell, primary, long, align, width } = column
  return {
    key,
    title,
    render: (_, row) =>
      primary && linkOf ? <InnerLink to={linkOf(row)}>{cell(row)}</InnerLink> : cell(row),
    ...(long && { className: 'qf-cell-long' }),
    ...(align && { align }),
    ...(width && { width }),
    ...(column.sort && { sorter: true, sortOrder: orderOf(column.sort, sort) }),
  }
}

function orderOf(name: string, sort: string | undefined): SortOrder {
  if (sort === name) return 'ascend'
  return sort === `-${name}` ? 'descend' : null
}

function sortParam(by: string | undefined, order: SortOrder | undefined): string | undefined {
  if (!by || !order) return undefined
  return order === 'ascend' ? by : `-${by}`
}
