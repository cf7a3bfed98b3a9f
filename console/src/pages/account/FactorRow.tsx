import type { ReactNode } from 'react'
import './account.css'

interface FactorRowProps {
  title: string
  hint: ReactNode
  /** Buttons. */
  children: ReactNode
}

/** One way of taking the second step, with what may be done about it. */
export function FactorRow({ title, hint, children }: FactorRowProps) {
  return (
    <div className="qf-row">
      <div>
        <strong>{title}</strong>
        <div className="qf-faint">{hint}</div>
      </div>
      <div className="qf-row-actions">{children}</div>
    </div>
  )
}
