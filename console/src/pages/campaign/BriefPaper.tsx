import type { Schemas } from '@/pages/system/schemas'
import './brief.css'

/** A day as official documents write it. */
function inWords(day: string): string {
  const [year = '', month, date] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}

/** The words of a brief, with its figures in place, roughly as they stand on paper. */
export function BriefPaper({ of }: { of: Schemas['CampaignDocument'] }) {
  return (
    <div className="qf-brief-paper" lang="zh-CN">
      {of.kind === 'brief' && (
        <>
          <p className="qf-brief-name">{of.name}</p>
          <p className="qf-brief-issue">第{of.issue}期</p>
          <p className="qf-brief-editor">
            <span>{of.editor}</span> <span>{inWords(of.date)}</span>
          </p>
        </>
      )}
      <h3>{of.title}</h3>
      {of.sections.map((section, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two sections may have one heading.
        <section key={nth}>
          <h4>{section.heading}</h4>
          {section.paragraphs.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two paragraphs may say the same.
            <p key={at}>{line}</p>
          ))}
        </section>
      ))}
      {of.kind === 'summary' && (
        <p className="qf-brief-signature">
          {of.editor}
          <br />
          {inWords(of.date)}
        </p>
      )}
    </div>
  )
}
