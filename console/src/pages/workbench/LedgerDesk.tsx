import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { useCounts } from '@/pages/rectify/rectifyApi'
import { Section } from '@/parts/record/Section'
import { ledgerBoxes } from './areas'
import { BoxRow } from './BoxRow'
import { boxesFor } from './boxes'

/** What the ledger of problems wants of the person. */
export function LedgerDesk() {
  const t = useT()
  const boxes = boxesFor(ledgerBoxes, useCounts(undefined), useCan())
  return (
    <Section title={t('问题整改', 'Problems to be put right')}>
      <BoxRow boxes={boxes} />
    </Section>
  )
}
