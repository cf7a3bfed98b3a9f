import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { MediaViewer } from '@/parts/media/MediaViewer'
import { When } from '@/parts/record/When'
import { type CaseDetail, retryFile } from './caseApi'
import { handedIn, mediaOf } from './files'

/** The files that came with a report; a copy that failed can be made again. */
export function CaseFiles({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const { message } = App.useApp()
  const client = useQueryClient()
  const id = detail.case.id
  const again = useMutation({
    mutationFn: (file: string) => retryFile(id, file),
    onSuccess: () => {
      message.success(t('已重新处理，请稍候', 'It is being tried again; one moment'))
      return client.invalidateQueries({ queryKey: ['case', id] })
    },
    onError: (error) => message.error(asProblem(error).message),
  })
  return handedIn(detail).map(({ at, from, files }) => (
    <div key={at}>
      {from && (
        <p className="qf-faint">
          {from === 'staff'
            ? t('工作人员提交', 'Handed in by staff')
            : t('诉求人补充', 'Added by the reporter')}{' '}
          <When at={at} />
        </p>
      )}
      <MediaViewer media={files.map((file) => mediaOf(id, file))} onRetry={again.mutate} />
    </div>
  ))
}
