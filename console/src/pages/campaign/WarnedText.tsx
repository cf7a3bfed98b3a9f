import { marksOf, type Spans } from './marks'
import type { TypicalDetail } from './typicalApi'
import './brief.css'

interface WarnedTextProps {
  text: string
  warnings: TypicalDetail['warnings']
}

/** A text with the places marked in which somebody may be named. */
export function WarnedText({ text, warnings }: WarnedTextProps) {
  return (
    <p className="qf-warned-text">
      {marksOf(text, spansOf(warnings), undefined).map((piece) =>
        piece.marked ? (
          <mark key={piece.start}>{piece.text}</mark>
        ) : (
          <span key={piece.start}>{piece.text}</span>
        ),
      )}
    </p>
  )
}

function spansOf(warnings: TypicalDetail['warnings']): Spans {
  return Object.fromEntries(
    warnings.map(({ start, text }) => [String(start), [start, start + Array.from(text).length]]),
  )
}
