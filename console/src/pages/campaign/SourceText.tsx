import { useEffect, useRef } from 'react'
import { useT } from '@/i18n/useT'
import { marksOf, type Spans } from './marks'
import './campaign.css'

interface SourceTextProps {
  text: string
  spans: Spans
  /** The value that is being looked at, by JSON pointer. */
  at: string | undefined
}

/** The text of a document; what was taken out of it is marked, what is looked at stands out. */
export function SourceText({ text, spans, at }: SourceTextProps) {
  const t = useT()
  const here = useRef<HTMLElement>(null)
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!at || !here.current || !pane.current) return
    // Only the text scrolls: the page stays at the field that is being filled in.
    const below =
      here.current.getBoundingClientRect().top - pane.current.getBoundingClientRect().top
    pane.current.scrollBy({ top: below - pane.current.clientHeight / 2, behavior: 'smooth' })
  }, [at])
  return (
    <section
      ref={pane}
      className="qf-plan-source"
      aria-label={t('文件原文', 'Text of the document')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard has to reach what scrolls.
      tabIndex={0}
    >
      {marksOf(text, spans, at).map((piece) =>
        piece.marked ? (
          <mark key={piece.start} ref={piece.here ? here : undefined} data-here={piece.here}>
            {piece.text}
          </mark>
        ) : (
          <span key={piece.start}>{piece.text}</span>
        ),
      )}
    </section>
  )
}
