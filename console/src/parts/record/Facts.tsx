import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import './record.css'

/** One labelled value of a record. */
export interface Fact {
  label: string
  value: ReactNode
  /** Takes the whole width, for long text. */
  wide?: boolean
}

/** The labelled values of a record: two columns where there is room, one on a phone. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <Descriptions
      className="qf-facts"
      size="small"
      column={{ xs: 1, md: 2 }}
      items={facts.map(({ label, value, wide }) => ({
        key: label,
        label,
        children: value ?? '—',
        ...(wide && { span: 'filled' as const }),
      }))}
    />
  )
}
