import { Button } from 'antd'
import { useUser } from '@/api/session'
import { useT } from '@/i18n/useT'
import { StateTag, type Tone } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import type { CaseDetail } from './caseApi'
import { useCaseWords } from './useCaseWords'
import { limitName, wordOf } from './words'

interface CaseRequestProps {
  request: CaseDetail['requests'][number]
  /** Whether the person may decide on requests of this case. */
  decides: boolean
  nameOf: (id: string) => string
  /** Opens the form of a step. */
  onStep: (name: string) => void
}

const tones: Record<string, Tone> = { pending: 'warn', granted: 'good', refused: 'bad' }

/** What was asked for about a case, why, and what was decided. */
export function CaseRequest({ request, decides, nameOf, onStep }: CaseRequestProps) {
  const t = useT()
  const { requestKinds, requestStates } = useCaseWords()
  const own = useUser()?.id === request.asked_by
  const who = request.asked_by === 'reporter' ? t('诉求人', 'Reporter') : nameOf(request.asked_by)
  return (
    <>
      <div className="qf-case-line">
        <strong>{t(wordOf(requestKinds, request.kind))}</strong>
        <span>{useDetail(request.detail)}</span>
        <StateTag tone={tones[request.state] ?? 'neutral'}>
          {t(wordOf(requestStates, request.state))}
        </StateTag>
        <span className="qf-faint">
          {who} <When at={request.asked_at} />
        </span>
      </div>
      <p className="qf-case-text">{request.reason}</p>
      {request.decision && (
        <p className="qf-case-text">
          <strong>{t('审批意见：', 'Decision: ')}</strong>
          {request.decision}{' '}
          <span className="qf-faint">
            {nameOf(request.decided_by)} <When at={request.decided_at} />
          </span>
        </p>
      )}
      {request.state === 'pending' && decides && !own && (
        <div className="qf-case-line">
          <Button size="small" type="primary" onClick={() => onStep(`grant.${request.id}`)}>
            {t('同意', 'Grant')}
          </Button>
          <Button size="small" danger onClick={() => onStep(`refuse.${request.id}`)}>
            {t('不同意', 'Refuse')}
          </Button>
        </div>
      )}
    </>
  )
}

/** What a request is about beyond its kind: how much time, why, until when. */
function useDetail(detail: Record<string, unknown>): string {
  const t = useT()
  const { exclusions } = useCaseWords()
  const said = (name: string) => (typeof detail[name] === 'string' ? detail[name] : '')
  if (said('extension')) return t(limitName(said('extension')))
  if (said('exclusion')) {
    const files = typeof detail.files === 'number' ? detail.files : 0
    const proof = files > 0 ? t(`附材料 ${files} 份`, `files: ${files}`) : said('other')
    return [t(wordOf(exclusions, said('exclusion'))), proof].filter(Boolean).join(' · ')
  }
  return said('review') && t(`复查 ${said('review')}`, `again on ${said('review')}`)
}
