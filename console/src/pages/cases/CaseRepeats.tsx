import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { CaseState } from './CaseState'
import { type CaseDetail, type Repeat, repeatsQuery } from './caseApi'
import { caseLink } from './columns'
import { offers } from './nextStep'

interface CaseRepeatsProps {
  detail: CaseDetail
  /** Opens the form of a step. */
  onStep: (name: string) => void
}

/** Suggests cases of which this one may be a repeat, to whoever may merge it. */
export function CaseRepeats({ detail, onStep }: CaseRepeatsProps) {
  const t = useT()
  const merges = offers(detail, 'merge')
  const { data, error, refetch } = useQuery({ ...repeatsQuery(detail.case.id), enabled: merges })
  if (!merges || (!error && !data?.length)) return null
  return (
    <Section title={t('可能是重复诉求', 'Possible repeats')}>
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      <ul className="qf-case-papers">
        {data?.map((one) => (
          <li key={one.id}>
            <Suggestion repeat={one} onMerge={() => onStep(`merge.${one.id}`)} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Suggestion({ repeat, onMerge }: { repeat: Repeat; onMerge: () => void }) {
  const t = useT()
  return (
    <>
      <div className="qf-case-line">
        <InnerLink to={caseLink(repeat)}>{repeat.title || t('（无标题）', '(no title)')}</InnerLink>
        <CaseState state={repeat.state} />
        <span className="qf-faint qf-number">{repeat.number}</span>
        <span className="qf-faint">
          {t('收到', 'Received')} <When at={repeat.received_at} />
        </span>
      </div>
      <div className="qf-case-line">
        <span>{repeat.reasons.map((reason) => t(reason)).join(t('；', '; '))}</span>
        {repeat.joins && (
          <Button size="small" onClick={onMerge}>
            {t('并入这一件', 'Merge into this one')}
          </Button>
        )}
      </div>
    </>
  )
}
