import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import type { ReturnLine } from './returnApi'
import { returnStates, returnTones } from './returnWords'

/** Where a return stands, and whether it is late or missing. */
export function ReturnState({ of }: { of: Pick<ReturnLine, 'state' | 'late' | 'missing'> }) {
  const t = useT()
  return (
    <>
      <StateTag tone={returnTones[of.state]}>{t(returnStates[of.state])}</StateTag>
      {of.missing && <StateTag tone="bad">{t('逾期未报', 'Overdue')}</StateTag>}
      {of.late > 0 && (
        <StateTag tone="warn">{t(`迟报 ${of.late} 天`, `${of.late} days late`)}</StateTag>
      )}
    </>
  )
}
