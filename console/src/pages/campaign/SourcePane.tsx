import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { pointerOf, type Spans } from './marks'
import { SourceText } from './SourceText'
import './campaign.css'

interface SourcePaneProps {
  text: string
  spans: Spans
  /** The form, whose fields lead to their places in the text. */
  children: ReactNode
}

/** A form with the text beside it from which it was filled in. */
export function SourcePane({ text, spans, children }: SourcePaneProps) {
  const t = useT()
  const [at, setAt] = useState<string>()
  return (
    <>
      <p className="qf-faint">
        {t(
          '请对照原文核对：点到一项，原文中的出处会标出；文件没有写明的留空，不会替您编。',
          'Please check it against the text: what you click is shown where it stands. What the document leaves open stays empty; nothing is made up.',
        )}
      </p>
      <div className="qf-plan-beside">
        <SourceText text={text} spans={spans} at={at} />
        <div
          onFocusCapture={({ target }) =>
            setAt(pointerOf(fieldOf((target as HTMLElement).id), spans))
          }
        >
          {children}
        </div>
      </div>
    </>
  )
}

/** The field of an input: what stands behind the name of the form in its id. */
function fieldOf(id: string): string {
  return /_((content|title).*)$/.exec(id)?.[1] ?? ''
}
