import { useT } from '@/i18n/useT'
import { Deadline } from '@/parts/record/Deadline'
import type { CaseRow } from './caseApi'
import { endedUnhandled } from './ended'
import { useCaseWords } from './useCaseWords'
import { wordOf } from './words'

/**
 * The deadline of a case that comes first, with the step that it is for unless that is
 * the result. One that is past the deadline of its result says so, whatever else is late.
 */
export function NextDeadline({ row }: { row: CaseRow }) {
  const t = useT()
  const { clocks } = useCaseWords()
  const { next } = row
  if (!next || row.overdue || next.kind === 'finish') return <CaseDeadline row={row} />
  return (
    <>
      {t(wordOf(clocks, next.kind))} <Deadline from={next.started_at} due={next.due_at} />
    </>
  )
}

/** How long there is for a case; nothing once it is closed without a result. */
export function CaseDeadline({ row }: { row: CaseRow }) {
  if (endedUnhandled(row)) return <span>—</span>
  return (
    <Deadline
      from={row.received_at}
      due={row.due_at}
      doneAt={row.finished_at ?? row.closed_at}
      paused={row.paused_at !== undefined}
    />
  )
}
