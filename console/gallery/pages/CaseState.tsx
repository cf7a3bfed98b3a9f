import { text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { StateTag, type Tone } from '@/parts/record/StateTag'
import type { GalleryCase } from '../cases'

const looks = {
  new: { tone: 'warn', label: text('待受理', 'New') },
  working: { tone: 'active', label: text('办理中', 'Working') },
  review: { tone: 'active', label: text('待审核', 'In review') },
  closed: { tone: 'good', label: text('已归档', 'Closed') },
} satisfies Record<GalleryCase['state'], { tone: Tone; label: ReturnType<typeof text> }>

/** The state of a made-up case. */
export function CaseState({ state }: { state: GalleryCase['state'] }) {
  const t = useT()
  return <StateTag tone={looks[state].tone}>{t(looks[state].label)}</StateTag>
}
