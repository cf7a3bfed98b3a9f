import { useT } from '@/i18n/useT'
import { StateTag, type Tone } from '@/parts/record/StateTag'
import { useInspectionWords } from './useInspectionWords'

const tones: Record<string, Tone> = {
  pending: 'neutral',
  running: 'active',
  concluded: 'warn',
  published: 'good',
  unable: 'bad',
}

/** How a task stands, and whether it is late. */
export function TaskState({
  task,
}: {
  task: { state: string; late?: boolean; overdue?: boolean; violation?: boolean }
}) {
  const t = useT()
  const words = useInspectionWords()
  return (
    <>
      <StateTag tone={tones[task.state] ?? 'neutral'}>{words.state('tasks', task.state)}</StateTag>
      {task.late && <StateTag tone="bad">{t('超期未公示', 'Publication late')}</StateTag>}
      {task.overdue && <StateTag tone="bad">{t('超期未检查', 'Not inspected in time')}</StateTag>}
    </>
  )
}
