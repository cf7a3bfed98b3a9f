import type { CaseRow } from './caseApi'

const without = ['merged', 'withdrawn', 'rejected']

/** Whether a case ended without having been handled: its time was neither kept nor missed. */
export function endedUnhandled(row: CaseRow): boolean {
  return without.includes(row.state) && !row.finished_at
}

/** Whether a clock of such a case stopped because the case ended, and not by its step. */
export function endedWith(row: CaseRow, metAt: string | undefined): boolean {
  return endedUnhandled(row) && metAt !== undefined && metAt === row.closed_at
}
