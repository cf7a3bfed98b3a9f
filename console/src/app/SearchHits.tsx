import type { SearchHit } from '@/api/search'
import { type Text, text } from '@/i18n/text'
import { useT } from '@/i18n/useT'

interface SearchHitsProps {
  hits: SearchHit[]
  /** The one that Enter opens. */
  at: number
  onOpen: (url: string) => void
}

const kinds = {
  case: text('诉求', 'Case'),
  place: text('地点', 'Place'),
  person: text('人员', 'Person'),
} satisfies Record<SearchHit['kind'], Text>

/** What the search found. */
export function SearchHits({ hits, at, onOpen }: SearchHitsProps) {
  const t = useT()
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
          <span className="qf-hit-kind">{t(kinds[hit.kind])}</span>
          <span className="qf-hit-title">{hit.title}</span>
          {hit.number && <span className="qf-faint qf-number">{hit.number}</span>}
        </div>
      ))}
    </div>
  )
}
