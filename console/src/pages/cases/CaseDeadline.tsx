import { Deadline } from '@/parts/record/Deadline'
import type { CaseRow } from './caseApi'
import { endedUnhandled } from './ended'

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
