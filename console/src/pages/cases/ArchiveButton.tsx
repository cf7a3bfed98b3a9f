import { PrinterOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { downloadArchive } from './caseApi'

/** The complete file of a case in the layout of the archive, as a PDF. */
export function ArchiveButton({ id, number }: { id: string; number: string }) {
  const t = useT()
  const { message } = App.useApp()
  const making = useMutation({
    mutationFn: () => downloadArchive(id, number),
    onError: (error) => message.error(asProblem(error).message),
  })
  return (
    <Button icon={<PrinterOutlined />} loading={making.isPending} onClick={() => making.mutate()}>
      {t('卷宗 PDF', 'File as PDF')}
    </Button>
  )
}
