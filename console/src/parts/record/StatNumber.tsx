import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { InnerLink } from '@/url/InnerLink'
import './record.css'

interface StatNumberProps {
  label: string
  /** Undefined while it is being counted. */
  value: number | string | undefined
  unit?: string
  /** The list whose rows this number counts, such as `/casework/cases?state=overdue`. */
  to?: string
  tone?: 'plain' | 'warn' | 'bad'
  /** What stands below it: a comparison, an interval. */
  note?: ReactNode
}

/** A number that leads to the rows it was counted from. */
export function StatNumber({ label, value, unit, to, tone = 'plain', note }: StatNumberProps) {
  const shown = typeof value === 'number' ? value.toLocaleString('en-US') : value
  const content = (
    <>
      <span className="qf-stat-label">{label}</span>
      <span className={`qf-stat-value qf-stat-${tone}`}>
        {shown ?? <Skeleton.Button active size="small" />}
        {unit && <small>{unit}</small>}
      </span>
      {note && <span className="qf-faint">{note}</span>}
    </>
  )
  return to ? (
    <InnerLink to={to} className="qf-stat qf-stat-link">
      {content}
    </InnerLink>
  ) : (
    <div className="qf-stat">{content}</div>
  )
}
