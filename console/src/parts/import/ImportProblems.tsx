import { Table } from 'antd'
import type { RowProblem } from '@/api/importFile'
import { useT } from '@/i18n/useT'

interface ImportProblemsProps {
  problems: RowProblem[]
  /** How many more there are than the server lists. */
  more: number
}

/** What is wrong with which cell, in the order of the sheet. */
export function ImportProblems({ problems, more }: ImportProblemsProps) {
  const t = useT()
  if (problems.length === 0) return null
  return (
    <div>
      <Table<RowProblem>
        size="small"
        rowKey={(one) => `${one.row}/${one.cell ?? ''}/${one.text.zh}`}
        dataSource={problems}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t('行', 'Row'), dataIndex: 'row', width: 72, responsive: ['sm'] },
          { title: t('单元格', 'Cell'), dataIndex: 'cell', width: 88, responsive: ['sm'] },
          { title: t('列', 'Column'), dataIndex: 'column', responsive: ['sm'] },
          { title: t('问题', 'Problem'), responsive: ['sm'], render: (_, one) => t(one.text) },
          {
            title: t('问题', 'Problem'),
            responsive: ['xs'],
            render: (_, one) => <Stacked one={one} />,
          },
        ]}
      />
      {more > 0 && (
        <p className="qf-faint">
          {t(`另有 ${more} 处问题没有列出`, `${more} more are not listed`)}
        </p>
      )}
    </div>
  )
}

/** On a phone the place stands above what is wrong there. */
function Stacked({ one }: { one: RowProblem }) {
  const t = useT()
  const place = [t(`第 ${one.row} 行`, `Row ${one.row}`), one.cell, one.column]
  return (
    <>
      <div className="qf-faint">{place.filter(Boolean).join(' · ')}</div>
      {t(one.text)}
    </>
  )
}
