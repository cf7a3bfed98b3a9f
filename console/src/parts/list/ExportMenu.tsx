import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useT } from '@/i18n/useT'
import { type ExportFormat, exportUrl } from './exportUrl'
import type { Query } from './query'

interface ExportMenuProps {
  path: string
  pathParams: Record<string, string>
  /** The filters and the order of the list in sight. */
  query: Query
}

/** Downloads all rows that match the filters, not only the page in sight. */
export function ExportMenu({ path, pathParams, query }: ExportMenuProps) {
  const t = useT()
  const link = (format: ExportFormat, label: string) => ({
    key: format,
    label: (
      <a href={exportUrl(path, pathParams, query, format)} download>
        {label}
      </a>
    ),
  })
  const items = [
    link('xlsx', t('Excel 表格（xlsx）', 'Excel workbook (xlsx)')),
    link('csv', t('文本表格（csv）', 'Text table (csv)')),
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button icon={<DownloadOutlined />}>{t('导出', 'Export')}</Button>
    </Dropdown>
  )
}
