import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  HistoryOutlined,
  PauseCircleOutlined,
  WarningFilled,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { type Instant, showDue, toMillis } from '@/time/shanghai'
import { useNow } from '@/time/useNow'
import { duration, remaining, type Urgency, urgency } from './remaining'
import './record.css'

interface DeadlineProps {
  /** When the clock began; with `due` it gives the share of time that is left. */
  from: Instant
  due: Instant | undefined
  /** When it was finished; the clock then stands. */
  doneAt?: Instant | undefined
  /** The clock is paused, with a reason in the timeline. */
  paused?: boolean | undefined
}

type Look = Urgency | 'done' | 'late' | 'paused'

const icons: Record<Look, ReactNode> = {
  calm: <ClockCircleOutlined />,
  soon: <WarningFilled />,
  overdue: <ExclamationCircleFilled />,
  done: <CheckCircleOutlined />,
  late: <HistoryOutlined />,
  paused: <PauseCircleOutlined />,
}

/**
 * How much time is left: amber under 20 %, red when overdue, always with an icon and words. What was
 * finished late is no alarm: nobody can do anything about it any more.
 */
export function Deadline({ from, due, doneAt, paused = false }: DeadlineProps) {
  const t = useT()
  const now = useNow()
  if (due === undefined || due === '') return <span>—</span>
  const at = { from: toMillis(from), due: toMillis(due), now }
  const [look, words] =
    doneAt !== undefined && doneAt !== ''
      ? finished(at.due, toMillis(doneAt), t)
      : paused
        ? (['paused', t('计时暂停', 'Paused')] as const)
        : ([urgency(at.from, at.due, now), remaining(at.due, now, t)] as const)
  return (
    <span
      className={`qf-deadline qf-deadline-${look}`}
      title={`${t('期限', 'Due')} ${showDue(due)}`}
    >
      {icons[look]} {words}
    </span>
  )
}

function finished(due: number, done: number, t: Translate): readonly [Look, string] {
  if (done <= due) return ['done', t('按期', 'On time')]
  const late = duration(done - due, t)
  return ['late', t(`已办，晚了 ${late}`, `Done, ${late} late`)]
}
