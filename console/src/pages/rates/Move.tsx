import { useT } from '@/i18n/useT'
import { showMove } from './figures'

/** A change of a score in points; the arrow says what the colour repeats. */
export function Move({ change }: { change: number | null | undefined }) {
  const shown = showMove(change, 'score', useT())
  if (!shown) return <span className="qf-faint">—</span>
  const tone = !change ? 'flat' : change > 0 ? 'up' : 'down'
  return <span className={`qf-number qf-move-${tone}`}>{shown}</span>
}
