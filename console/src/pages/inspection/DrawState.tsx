import { StateTag, type Tone } from '@/parts/record/StateTag'
import { useInspectionWords } from './useInspectionWords'

const tones: Record<string, Tone> = {
  frozen: 'active',
  sealed: 'active',
  made: 'warn',
  published: 'good',
}

/** How a draw stands. */
export function DrawState({ state }: { state: string }) {
  const words = useInspectionWords()
  return <StateTag tone={tones[state] ?? 'neutral'}>{words.state('draws', state)}</StateTag>
}
