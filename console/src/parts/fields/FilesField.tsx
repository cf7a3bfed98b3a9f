import { UploadOutlined } from '@ant-design/icons'
import { App, Button, Upload, type UploadFile } from 'antd'
import { useState } from 'react'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { useSupplies } from './supplies'

interface FilesFieldProps {
  id?: string
  value?: string[] | undefined
  onChange?: (uploads: string[]) => void
}

/** Chooses files and sends or keeps them; its value is the identifiers of those that have arrived. */
export function FilesField({ id, value, onChange }: FilesFieldProps) {
  const t = useT()
  const { message } = App.useApp()
  const { keep, fileName } = useSupplies()
  const [files, setFiles] = useState(() =>
    (value ?? []).flatMap((one) => shown(one, fileName(one))),
  )
  return (
    <Upload<string>
      {...(id && { id })}
      multiple
      fileList={files}
      customRequest={({ file, onSuccess, onError }) => {
        keep(file as File)
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

/** A file that was kept before, under its name. */
function shown(id: string, name: string | undefined): UploadFile<string>[] {
  return name ? [{ uid: id, name, status: 'done', response: id }] : []
}

function arrived(status: string | undefined, name: string | undefined): string[] {
  return status === 'done' && name ? [name] : []
}
