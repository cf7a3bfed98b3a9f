import type { SearchHit } from '@/api/shell'
import { text } from '@/i18n/text'
import { useT } from '@/i18n/useT'

interface SearchHitsProps {
  hits: SearchHit[]
  /** The one that Enter opens. */
  at: number
  onOpen: (url: string) => void
}

const kinds = new Map([
  ['case', text('诉求', 'Case')],
  ['place', text('地点', 'Place')],
  ['person', text('人员', 'Person')],
  ['unit', text('机构', 'Organisation')],
])

/** What the search found. */
export function SearchHits({ hits, at, onOpen }: SearchHitsProps) {
  const t = useT()
  const kindName = (kind: string) => t(kinds.get(kind) ?? text(kind, kind))
  return (
    <div id="qf-hits" role="listbox" aria-label={t('搜索结果', 'Results')} className="qf-hits">
      {hits.map((hit, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled in the search field, which keeps the focus.
        <div
          key={`${hit.kind}/${hit.id}`}
          id={`qf-hit-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === at}
          className="qf-hit"
          onClick={() => onOpen(hit.url)}
        >
          <span className="qf-hit-kind">{kindName(hit.kind)}</span>
          <span className="qf-hit-title">{hit.title}</span>
          {hit.number && <span className="qf-faint qf-number">{hit.number}</span>}
        </div>
      ))}
    </div>
  )
}
