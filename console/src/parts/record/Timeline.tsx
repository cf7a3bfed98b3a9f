import { Timeline as AntTimeline, Empty } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import type { Instant } from '@/time/shanghai'
import type { Tone } from './StateTag'
import { When } from './When'
import './record.css'

/** One step in the life of a record. */
export interface TimelineEntry {
  id: string
  at: Instant
  title: ReactNode
  /** Who did it; empty for the system. */
  actor?: string
  /** The reason or the text of the step. */
  detail?: ReactNode
  tone?: Tone
}

const colors: Record<Tone, string> = {
  neutral: 'gray',
  active: 'var(--ant-color-primary)',
  good: 'var(--ant-color-success)',
  warn: 'var(--ant-color-warning)',
  bad: 'var(--ant-color-error)',
}

/** What happened to a record, the newest first as the server sends it. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const t = useT()
  if (entries.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('还没有记录', 'Nothing yet')} />
    )
  }
  return (
    <AntTimeline
      className="qf-timeline"
      items={entries.map((entry) => ({
        key: entry.id,
        color: colors[entry.tone ?? 'neutral'],
        content: (
          <div>
            <div>{entry.title}</div>
            <div className="qf-faint">
              <When at={entry.at} /> {entry.actor || t('系统', 'System')}
            </div>
            {entry.detail && <div className="qf-timeline-detail">{entry.detail}</div>}
          </div>
        ),
      }))}
    />
  )
}
