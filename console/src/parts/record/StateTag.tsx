import { Tag } from 'antd'
import type { ReactNode } from 'react'

/** What a state means for the person who looks at it. */
export type Tone = 'neutral' | 'active' | 'good' | 'warn' | 'bad'

const colors: Record<Tone, string> = {
  neutral: 'default',
  active: 'processing',
  good: 'success',
  warn: 'warning',
  bad: 'error',
}

/** The state of a record in words; the colour only repeats them. */
export function StateTag({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <Tag color={colors[tone]}>{children}</Tag>
}
