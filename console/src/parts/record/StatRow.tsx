import type { ReactNode } from 'react'
import './record.css'

/** `StatNumber`s side by side, wrapping as the screen narrows. */
export function StatRow({ children }: { children: ReactNode }) {
  return <div className="qf-stat-row">{children}</div>
}
