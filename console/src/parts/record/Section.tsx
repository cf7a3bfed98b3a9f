import { Card } from 'antd'
import type { ReactNode } from 'react'
import './record.css'

interface SectionProps {
  title: string
  extra?: ReactNode
  children: ReactNode
}

/** A titled block of a record page. */
export function Section({ title, extra, children }: SectionProps) {
  return (
    <Card size="small" title={<h2 className="qf-section-title">{title}</h2>} extra={extra}>
      {children}
    </Card>
  )
}
