import { Checkbox, Spin } from 'antd'
import { useT } from '@/i18n/useT'
import { InnerLink } from '@/url/InnerLink'
import type { RowsViewProps } from './rowsView'
import './list.css'

/** The rows as cards, for screens on which a table would have to be pushed sideways. */
export function RowCards<Row>(props: RowsViewProps<Row>) {
  const { rows, columns, keyOf, linkOf, selection, loading, empty } = props
  const t = useT()
  const primary = columns.find((column) => column.primary)
  const others = columns.filter((column) => column !== primary)
  if (rows.length === 0) return <Spin spinning={loading}>{empty}</Spin>
  return (
    <Spin spinning={loading}>
      <ul className="qf-cards">
        {rows.map((row) => (
          <li key={keyOf(row)} className="qf-card">
            <div className="qf-card-head">
              {selection && (
                <Checkbox
                  aria-label={t('选择', 'Select')}
                  checked={selection.keys.includes(keyOf(row))}
                  onChange={(event) =>
                    selection.tick([row], event.target.checked ? [keyOf(row)] : [])
                  }
                />
              )}
              {linkOf ? (
                <InnerLink to={linkOf(row)}>{primary?.cell(row)}</InnerLink>
              ) : (
                <strong>{primary?.cell(row)}</strong>
              )}
            </div>
            <dl>
              {others.map((column) => (
                <div key={column.key}>
                  <dt>{column.title}</dt>
                  <dd>{column.cell(row)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Spin>
  )
}
