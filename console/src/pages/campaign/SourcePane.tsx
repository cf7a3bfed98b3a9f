import { Alert } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import type { Content, ReadPlan } from './campaignApi'
import { pointerOf, spansOf } from './marks'
import { SourceText } from './SourceText'
import './campaign.css'

interface SourcePaneProps {
  text: string
  read: ReadPlan['read']
  /** What the form begins with, where it is no more what was read. */
  content?: Content
  /** The form, whose fields lead to their places in the text. */
  children: ReactNode
}

/** A form with the text beside it from which it was filled in. */
export function SourcePane({ text, read, content, children }: SourcePaneProps) {
  const t = useT()
  const [at, setAt] = useState<string>()
  const spans = spansOf(read, content)
  return (
    <>
      <p className="qf-faint">
        {t(
          '请对照原文核对：点到一项，原文中的出处会标出；文件没有写明的留空，不会替您编。',
          'Please check it against the text: what you click is shown where it stands. What the document leaves open stays empty; nothing is made up.',
        )}
      </p>
      {read.doubts.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('原文中有不存在的日期', 'The document has dates that do not exist')}
          description={t(
            `${wordsOf(read.doubts).join('、')}：已留空，请向起草单位核实后填写。`,
            `${wordsOf(read.doubts).join(', ')}: left empty. Please ask whoever drew up the plan, and fill it in.`,
          )}
        />
      )}
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

/** What is in doubt, each thing once. */
function wordsOf(doubts: ReadPlan['read']['doubts']): string[] {
  return [...new Set(doubts.map(({ text }) => text))]
}

/** The field of an input: what stands behind the name of the form in its id. */
function fieldOf(id: string): string {
  return /_((content|title).*)$/.exec(id)?.[1] ?? ''
}
