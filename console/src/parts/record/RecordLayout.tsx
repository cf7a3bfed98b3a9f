import type { ReactNode } from 'react'
import './record.css'

interface RecordLayoutProps {
  header: ReactNode
  /** The timeline, at the right where there is room and below on a phone. */
  aside: ReactNode
  children: ReactNode
}

/** The frame of a record page. */
export function RecordLayout({ header, aside, children }: RecordLayoutProps) {
  return (
    <article className="qf-record">
      {header}
      <div className="qf-record-body">
        <div className="qf-stack">{children}</div>
        <aside className="qf-stack">{aside}</aside>
      </div>
    </article>
  )
}
