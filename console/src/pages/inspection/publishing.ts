import type { useT } from '@/i18n/useT'
import type { Task } from './inspectionApi'

/** What publishing a result does: one that nobody has confirmed yet is confirmed with it. */
export function publishing(
  task: Pick<Task, 'violation' | 'checked_by'>,
  t: ReturnType<typeof useT>,
): string {
  const open = t(
    '公示后任何人都能看到，不能撤回。',
    'Everybody can read it then; it cannot be taken back.',
  )
  if (!task.violation || task.checked_by) return open
  return t(
    `这个结果涉及违法违规，还没有人复核：您公示，就同时作为第二个人复核了它，问题随即列入整改台账。${open}`,
    `The result names a violation that nobody has confirmed: by publishing it you confirm it as the second person, and its problems go into the ledger. ${open}`,
  )
}
