import { InboxOutlined } from '@ant-design/icons'
import { Upload } from 'antd'
import { useT } from '@/i18n/useT'

interface ImportChoiceProps {
  hint: string
  template: string | undefined
  busy: boolean
  onChoose: (file: File) => void
}

/** The first step: which sheet. */
export function ImportChoice({ hint, template, busy, onChoose }: ImportChoiceProps) {
  const t = useT()
  return (
    <div className="qf-import-choice">
      <Upload.Dragger
        accept=".xlsx,.csv"
        maxCount={1}
        showUploadList={false}
        disabled={busy}
        beforeUpload={(file) => {
          onChoose(file)
          return false // Sent by us, so that refusals come back in the person's words.
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">
          {busy
            ? t('正在核对…', 'Checking…')
            : t('点击选择，或把文件拖到这里', 'Click to choose, or drop a file here')}
        </p>
        <p className="ant-upload-hint">{t('支持 xlsx、csv', 'xlsx or csv')}</p>
      </Upload.Dragger>
      <p className="qf-faint">
        {hint}{' '}
        {template && (
          <a href={template} download>
            {t('下载空白模板', 'Download an empty template')}
          </a>
        )}
      </p>
    </div>
  )
}
