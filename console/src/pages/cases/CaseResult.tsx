import { useT } from '@/i18n/useT'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import type { CaseDetail } from './caseApi'
import { useCaseWords } from './useCaseWords'
import { wordOf } from './words'

/** What came of a case; nothing while there is no result. */
export function CaseResult({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const row = detail.case
  const submitted = detail.timeline.findLast((event) => event.action === 'submit')
  const said = (name: string) => {
    const value = submitted?.detail[name]
    return typeof value === 'string' ? value : ''
  }
  const { causes, outcomes } = useCaseWords()
  if (!row.outcome && !row.reply) return null
  return (
    <Section title={t('办理结果', 'Result')}>
      <div className="qf-stack">
        {row.reply && <p className="qf-case-text">{row.reply}</p>}
        <Facts
          facts={[
            {
              label: t('核实结论', 'Outcome'),
              value: row.outcome ? t(wordOf(outcomes, row.outcome)) : '—',
            },
            {
              label: t('根本原因', 'Root cause'),
              value: row.cause ? t(wordOf(causes, row.cause)) : '—',
            },
            { label: t('查明的情况', 'Findings'), value: submitted?.reason || '—', wide: true },
            { label: t('整改措施', 'Measures'), value: said('measures') || '—', wide: true },
            ...(said('without_helpers')
              ? [
                  {
                    label: t('不等协办意见的理由', 'Why helping units were not awaited'),
                    value: said('without_helpers'),
                    wide: true,
                  },
                ]
              : []),
            { label: t('办结', 'Finished'), value: <When at={row.finished_at} /> },
            { label: t('归档', 'Archived'), value: <When at={row.closed_at} /> },
          ]}
        />
      </div>
    </Section>
  )
}
