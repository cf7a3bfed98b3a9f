import { Alert, Table } from 'antd'
import type { ImportReport } from '@/api/importFile'
import { useT } from '@/i18n/useT'

type Preview = NonNullable<ImportReport['preview']>
type Line = Preview['rows'][number]

/** Wide enough for words beside each other; on a phone it is moved sideways. */
const width = 960

/** What the good rows become, before anything is imported. */
export function ImportPreview({ preview }: { preview: Preview }) {
  const t = useT()
  return (
    <section className="qf-stack">
      <h3 className="qf-section-title">
        {t('没有问题的行将这样登记', 'The good rows will be entered like this')}
      </h3>
      {preview.notes && (
        <Alert
          type="info"
          showIcon
          title={preview.notes.map((note) => <div key={note.en}>{t(note)}</div>)}
        />
      )}
      <Table<Line>
        size="small"
        rowKey="row"
        dataSource={preview.rows}
        scroll={{ x: width }}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t('行', 'Row'), dataIndex: 'row', width: 72 },
          ...preview.columns.map((column, at) => ({
            title: t(column),
            key: column.en,
            render: (_: unknown, { cells }: Line) => (cells[at] && t(cells[at])) || '—',
          })),
        ]}
      />
    </section>
  )
}
