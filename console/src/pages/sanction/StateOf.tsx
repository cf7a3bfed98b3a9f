import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import { named, useDictionary } from './sanctionApi'
import { toneOf } from './state'

/** The lists of states, by the record that has them. */
export type States = 'penalty' | 'points' | 'consequence' | 'blacklist' | 'publication' | 'transfer'

/** The state of a record in words. */
export function StateOf({ of, state }: { of: States; state: string }) {
  const t = useT()
  const words = useDictionary()
  return <StateTag tone={toneOf(state)}>{t(named(words[of], state))}</StateTag>
}
