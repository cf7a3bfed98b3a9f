import { Alert, Button, Table } from 'antd'
import type { ImportReport, RefusedRow } from '@/api/importFile'
import { useT } from '@/i18n/useT'

interface ImportRefusalsProps {
  report: ImportReport
  fileName: string
  busy: boolean
  onRestart: () => void
  onValidOnly: () => void
}

/** The second step: the rows that were refused, and what to do about them. */
export function ImportRefusals(props: ImportRefusalsProps) {
  const { report, fileName, busy, onRestart, onValidOnly } = props
  const t = useT()
  const refused = report.refused ?? []
  const bad = report.total - report.valid
  return (
    <div className="qf-stack">
      <Alert
        type="warning"
        showIcon
        title={t(
          `《${fileName}》共 ${report.total} 行，其中 ${bad} 行有问题，目前一行也没有导入。`,
          `${fileName}: ${bad} of ${report.total} rows have problems; nothing has been imported yet.`,
        )}
        description={t(
          '请在表格里改正后重新选择文件；也可以只导入没有问题的行。',
          'Correct the sheet and choose it again, or import only the rows without problems.',
        )}
      />
      <Table<RefusedRow>
        size="small"
        rowKey={(row) => `${row.row}/${row.field}/${row.message}`}
        dataSource={refused}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t('行', 'Row'), dataIndex: 'row', width: 64 },
          { title: t('列', 'Column'), dataIndex: 'field' },
          { title: t('内容', 'Value'), dataIndex: 'value' },
          { title: t('问题', 'Problem'), dataIndex: 'message' },
        ]}
      />
      <div className="qf-import-actions">
        <Button type="primary" onClick={onRestart}>
          {t('重新选择文件', 'Choose the file again')}
        </Button>
        <Button disabled={report.valid === 0} loading={busy} onClick={onValidOnly}>
          {t(`只导入没有问题的 ${report.valid} 行`, `Import only the ${report.valid} good rows`)}
        </Button>
      </div>
    </div>
  )
}
