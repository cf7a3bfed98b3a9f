import { UploadOutlined } from '@ant-design/icons'
import { App, Button, Upload, type UploadFile } from 'antd'
import { useState } from 'react'
import { asProblem } from '@/api/problem'
import { upload } from '@/api/upload'
import { useT } from '@/i18n/useT'

interface FilesFieldProps {
  id?: string
  onChange?: (uploads: string[]) => void
}

/** Chooses files and sends them ahead; its value is the identifiers of those that have arrived. */
export function FilesField({ id, onChange }: FilesFieldProps) {
  const t = useT()
  const { message } = App.useApp()
  const [files, setFiles] = useState<UploadFile<string>[]>([])
  return (
    <Upload<string>
      {...(id && { id })}
      multiple
      fileList={files}
      customRequest={({ file, onSuccess, onError }) => {
        upload(file as File)
          .then((name) => onSuccess?.(name))
          .catch((error: unknown) => {
            message.error(asProblem(error).message)
            onError?.(asProblem(error))
          })
      }}
      onChange={({ fileList }) => {
        setFiles(fileList)
        onChange?.(fileList.flatMap(({ status, response }) => arrived(status, response)))
      }}
    >
      <Button icon={<UploadOutlined />}>{t('选择文件', 'Choose files')}</Button>
    </Upload>
  )
}

function arrived(status: string | undefined, name: string | undefined): string[] {
  return status === 'done' && name ? [name] : []
}
