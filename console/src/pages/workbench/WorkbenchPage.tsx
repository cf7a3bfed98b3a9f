import { useQuery } from '@tanstack/react-query'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { benchQuery } from '@/pages/cases/caseApi'
import { caseColumns, caseLink } from '@/pages/cases/columns'
import { useCaseWords } from '@/pages/cases/useCaseWords'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { PlainRows } from '@/parts/list/PlainRows'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { InnerLink } from '@/url/InnerLink'
import { type BenchBox, boxesOf } from './boxes'

/** Answers one question: what must I do now? */
export default function WorkbenchPage() {
  const t = useT()
  const words = useCaseWords()
  const { data, error, refetch } = useQuery(benchQuery)
  const { mine, turns, byState } = boxesOf(data?.counts, words, useCan())
  const number = (box: BenchBox) => (
    <StatNumber
      key={box.key}
      label={t(box.label)}
      value={box.value}
      to={box.to}
      tone={box.tone}
      note={box.note && t(box.note)}
    />
  )
  return (
    <Page title={t('工作台', 'Workbench')}>
      {error ? (
        <ProblemAlert error={error} onRetry={refetch} />
      ) : (
        <div className="qf-stack">
          <StatRow>{mine.map(number)}</StatRow>
          {turns.length > 0 && (
            <Section title={t('待我办的是', 'What waits for me')}>
              <StatRow>{turns.map(number)}</StatRow>
            </Section>
          )}
          <Section
            title={t('最急的诉求', 'Most pressing')}
            extra={
              <InnerLink to="/casework/cases?box=todo">{t('全部待办', 'All to do')}</InnerLink>
            }
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
            <StatRow>{byState.map(number)}</StatRow>
          </Section>
        </div>
      )}
    </Page>
  )
}

const pressing = ['title', 'state', 'due', 'institution', 'lead']
