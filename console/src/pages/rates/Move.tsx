import { showMove } from './figures'

/** A change in percent; the arrow says what the colour repeats. */
export function Move({ change }: { change: number | null | undefined }) {
  const shown = showMove(change)
  if (!shown) return <span className="qf-faint">—</span>
  const tone = !change ? 'flat' : change > 0 ? 'up' : 'down'
  return <span className={`qf-number qf-move-${tone}`}>{shown}</span>
}
