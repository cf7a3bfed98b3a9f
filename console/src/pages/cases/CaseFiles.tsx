import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { MediaViewer } from '@/parts/media/MediaViewer'
import { When } from '@/parts/record/When'
import { CaseCustody } from './CaseCustody'
import { type CaseDetail, retryFile } from './caseApi'
import { handedIn, mediaOf } from './files'

/** The files that came with a report; a copy that failed can be made again. */
export function CaseFiles({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const { message } = App.useApp()
  const client = useQueryClient()
  const id = detail.case.id
  const [asked, ask] = useState<string>()
  const again = useMutation({
    mutationFn: (file: string) => retryFile(id, file),
    onSuccess: () => {
      message.success(t('已重新处理，请稍候', 'It is being tried again; one moment'))
      return client.invalidateQueries({ queryKey: ['case', id] })
    },
    onError: (error) => message.error(asProblem(error).message),
  })
  return (
    <>
      {detail.content.masked && (
        <p className="qf-faint">
          {t(
            '本件的录音、视频经过变声；原声封存，纪检人员说明理由方可调取。',
            'Voices are changed in this case. The originals are sealed; discipline officers may have them, with a reason.',
          )}
        </p>
      )}
      {handedIn(detail).map(({ at, from, files }) => (
        <div key={at}>
          {from && (
            <p className="qf-faint">
              {from === 'staff'
                ? t('工作人员提交', 'Handed in by staff')
                : t('诉求人补充', 'Added by the reporter')}{' '}
              <When at={at} />
            </p>
          )}
          <MediaViewer
            media={files.map((file) => mediaOf(id, file))}
            onRetry={again.mutate}
            more={(media) => (
              <Button type="link" size="small" onClick={() => ask(media.id)}>
                {t('保管记录', 'Custody')}
              </Button>
            )}
          />
        </div>
      ))}
      <CaseCustody caseId={id} file={asked} onClose={() => ask(undefined)} />
    </>
  )
}
