import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import type { CaseRow } from './caseApi'
import { useCaseWords } from './useCaseWords'
import { wordOf } from './words'

/** What is special about a case: urgency, the discipline line, supervision, hard, handled again. */
export function CaseMarks({ row }: { row: CaseRow }) {
  const t = useT()
  const { levels, routes, urgencies } = useCaseWords()
  return (
    <>
      {row.urgency !== 'normal' && (
        <StateTag tone="bad">{t(wordOf(urgencies, row.urgency))}</StateTag>
      )}
      {row.route === 'integrity' && (
        <StateTag tone="warn">{t(wordOf(routes, 'integrity'))}</StateTag>
      )}
      {row.supervision > 0 && (
        <StateTag tone="warn">{t(wordOf(levels, String(row.supervision)))}</StateTag>
      )}
      {row.hard && <StateTag>{t('疑难挂账', 'Hard case')}</StateTag>}
      {row.reworks > 0 && <StateTag>{t('重办', 'Handled again')}</StateTag>}
    </>
  )
}
