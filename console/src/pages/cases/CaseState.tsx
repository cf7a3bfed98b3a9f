import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import { useCaseWords } from './useCaseWords'
import { stateTones, wordOf } from './words'

/** The state of a case in words. */
export function CaseState({ state }: { state: string }) {
  const t = useT()
  const { states } = useCaseWords()
  return <StateTag tone={stateTones[state] ?? 'neutral'}>{t(wordOf(states, state))}</StateTag>
}
