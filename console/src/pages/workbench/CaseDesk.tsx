import { useQuery } from '@tanstack/react-query'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { benchQuery } from '@/pages/cases/caseApi'
import { caseColumns, caseLink } from '@/pages/cases/columns'
import { useCaseWords } from '@/pages/cases/useCaseWords'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { PlainRows } from '@/parts/list/PlainRows'
import { Section } from '@/parts/record/Section'
import { InnerLink } from '@/url/InnerLink'
import { BoxRow } from './BoxRow'
import { boxesOf } from './boxes'

/** What cases want of the person. */
export function CaseDesk() {
  const t = useT()
  const words = useCaseWords()
  const { data, error, refetch } = useQuery(benchQuery)
  const { mine, turns, byState } = boxesOf(data?.counts, words, useCan())
  if (error) return <ProblemAlert error={error} onRetry={refetch} />
  return (
    <>
      <BoxRow boxes={mine} />
      {turns.length > 0 && (
        <Section title={t('待我办的是', 'What waits for me')}>
          <BoxRow boxes={turns} />
        </Section>
      )}
      <Section
        title={t('最急的诉求', 'Most pressing')}
        extra={<InnerLink to="/casework/cases?box=todo">{t('全部待办', 'All to do')}</InnerLink>}
      >
        <PlainRows
          keyOf={(row) => row.id}
          rows={data?.pressing ?? []}
          loading={!data}
          columns={caseColumns(t, words).filter(({ key }) => pressing.includes(key))}
          linkOf={caseLink}
          empty={t('现在没有等您办理的诉求', 'Nothing waits for you now')}
        />
      </Section>
      <Section title={t('各环节', 'By stage')}>
        <BoxRow boxes={byState} />
      </Section>
    </>
  )
}

const pressing = ['title', 'state', 'due', 'institution', 'lead']
