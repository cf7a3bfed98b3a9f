import type { Tone } from '@/parts/record/StateTag'

const tones: Record<string, Tone> = {
  filed: 'active',
  noticed: 'active',
  hearing: 'warn',
  heard: 'active',
  decided: 'active',
  served: 'active',
  executed: 'good',
  closed: 'good',
  dropped: 'neutral',
  annulled: 'neutral',
  confirmed: 'active',
  voided: 'neutral',
  raised: 'warn',
  imposed: 'bad',
  waived: 'neutral',
  lapsed: 'neutral',
  listed: 'bad',
  removed: 'neutral',
  expired: 'neutral',
  proposed: 'warn',
  published: 'good',
  refused: 'neutral',
  withdrawn: 'neutral',
  sent: 'active',
  received: 'active',
  answered: 'good',
}

/** What a state means for the person who looks at it. */
export function toneOf(state: string): Tone {
  return tones[state] ?? 'neutral'
}

const grades: Record<string, Tone> = { A: 'good', B: 'neutral', C: 'warn', D: 'bad' }

/** What a grade means. */
export function toneOfGrade(grade: string): Tone {
  return grades[grade] ?? 'neutral'
}
