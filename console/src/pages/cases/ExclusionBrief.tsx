import { useT } from '@/i18n/useT'
import { Facts } from '@/parts/record/Facts'
import type { CaseDetail } from './caseApi'
import { useCaseWords } from './useCaseWords'
import { wordOf } from './words'

/** What was found in a case: whoever leaves it out of the rates has that in sight. */
export function ExclusionBrief({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const { classes, outcomes } = useCaseWords()
  const { outcome, class: kind } = detail.case
  const found = detail.timeline.findLast((event) => event.action === 'submit')
  return (
    <div className="qf-case-brief">
      <Facts
        facts={[
          { label: t('诉求类型', 'Kind'), value: t(wordOf(classes, kind)) },
          {
            label: t('核实结论', 'Outcome'),
            value: outcome ? t(wordOf(outcomes, outcome)) : t('尚无结论', 'None yet'),
          },
          { label: t('查明的情况', 'Findings'), value: found?.reason || '—', wide: true },
        ]}
      />
    </div>
  )
}
