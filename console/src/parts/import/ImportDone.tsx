import { Button, Result } from 'antd'
import type { ImportReport } from '@/api/importFile'
import { useT } from '@/i18n/useT'

interface ImportDoneProps {
  report: ImportReport
  onAnother: () => void
  onDone: (() => void) | undefined
}

/** The last step: how many rows are in. */
export function ImportDone({ report, onAnother, onDone }: ImportDoneProps) {
  const t = useT()
  const left = report.total - report.imported
  return (
    <Result
      status="success"
      title={t(`已导入 ${report.imported} 行`, `${report.imported} rows imported`)}
      subTitle={left > 0 && t(`${left} 行没有导入`, `${left} rows were left out`)}
      extra={[
        onDone && (
          <Button key="done" type="primary" onClick={onDone}>
            {t('完成', 'Done')}
          </Button>
        ),
        <Button key="another" onClick={onAnother}>
          {t('再导入一个文件', 'Import another file')}
        </Button>,
      ]}
    />
  )
}
