import { Typography } from 'antd'
import type { ReactNode } from 'react'
import { usePageTitle } from '../usePageTitle'
import './record.css'

interface RecordHeaderProps {
  /** The human number, such as QF-370202-20260728-000123; it can be copied. Some records have none. */
  number?: string | undefined
  title: string
  state: ReactNode
  deadline?: ReactNode
  /** The one primary button: what has to be done next. */
  primary?: ReactNode
  /** Everything else that may be done. */
  more?: ReactNode
}

/** The head of a record page: what it is, how it stands, how long there is, what comes next. */
export function RecordHeader({ number, title, state, deadline, primary, more }: RecordHeaderProps) {
  usePageTitle(number ? `${number} ${title}` : title)
  return (
    <header className="qf-record-header">
      <div className="qf-record-what">
        <div className="qf-record-line">
          {number && (
            <Typography.Text type="secondary" copyable className="qf-number">
              {number}
            </Typography.Text>
          )}
          {state}
          {deadline}
        </div>
        <Typography.Title level={1} className="qf-title">
          {title}
        </Typography.Title>
      </div>
      <div className="qf-record-actions">
        {more}
        {primary}
      </div>
    </header>
  )
}
