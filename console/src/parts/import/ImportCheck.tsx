import { Alert, Button } from 'antd'
import type { ImportMode, ImportReport } from '@/api/importFile'
import { useT } from '@/i18n/useT'
import { ImportPreview } from './ImportPreview'
import { ImportProblems } from './ImportProblems'

interface ImportCheckProps {
  report: ImportReport
  fileName: string
  busy: boolean
  onRestart: () => void
  onImport: (mode: ImportMode) => void
}

/** The second step: what is in the sheet, what is wrong with it, and what to do about it. */
export function ImportCheck({ report, fileName, busy, onRestart, onImport }: ImportCheckProps) {
  const t = useT()
  const { total, good, ignored } = report
  const bad = total - good
  const clean = bad === 0 && good > 0
  return (
    <div className="qf-stack">
      {clean ? (
        <Alert
          type="success"
          showIcon
          title={t(
            `《${fileName}》的 ${total} 行都没有问题，还没有导入。`,
            `${fileName}: all ${total} rows are in order; nothing has been imported yet.`,
          )}
        />
      ) : (
        <Alert
          type="warning"
          showIcon
          title={t(
            `《${fileName}》共 ${total} 行，其中 ${bad} 行有问题，目前一行也没有导入。`,
            `${fileName}: ${bad} of ${total} rows have problems; nothing has been imported yet.`,
          )}
          description={
            good > 0
              ? t(
                  '请在表格里改正后重新选择文件；也可以只导入没有问题的行。',
                  'Correct the sheet and choose it again, or import only the rows without problems.',
                )
              : t('请在表格里改正后重新选择文件。', 'Correct the sheet and choose it again.')
          }
        />
      )}
      {ignored.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t(
            `这些列不会导入：${ignored.join('、')}`,
            `These columns are not read: ${ignored.join(', ')}`,
          )}
        />
      )}
      <ImportProblems problems={report.problems} more={report.more ?? 0} />
      {report.preview && <ImportPreview preview={report.preview} />}
      <div className="qf-import-actions">
        <Button type={clean ? 'default' : 'primary'} onClick={onRestart}>
          {t('重新选择文件', 'Choose the file again')}
        </Button>
        {clean && (
          <Button type="primary" loading={busy} onClick={() => onImport('all')}>
            {t(`导入 ${good} 行`, `Import ${good} rows`)}
          </Button>
        )}
        {bad > 0 && good > 0 && (
          <Button loading={busy} onClick={() => onImport('valid')}>
            {t(`只导入没有问题的 ${good} 行`, `Import only the ${good} good rows`)}
          </Button>
        )}
      </div>
    </div>
  )
}
