import { Button } from 'antd'
import type { ReactNode } from 'react'
import { text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { type ReasonStep, useReasonSteps } from './useReasonSteps'

/** What some write and another signs: a brief, a typical case. */
interface Draft {
  id: string
  revision: number
  actions: string[]
}

interface DraftSteps<A extends string> {
  /** Names the kept drafts of reasons. */
  name: string
  steps: (ReasonStep & { act: A })[]
  take: (id: string, body: { action: A; revision: number; reason?: string }) => Promise<unknown>
  change: () => void
  /** What else can be done with it. */
  beside?: ReactNode
}

/** Takes back what was handed in. */
export const recallStep = {
  act: 'recall' as const,
  label: text('撤回', 'Take back'),
  question: text(
    '撤回后又是草稿，可以修改；改好须重新送审。',
    'It is a draft again and can be changed; then it has to be handed in anew.',
  ),
  undoes: true,
}

/** What the person may do with a draft: the next step first, the others and its change beside it. */
export function useDraftActions<A extends string>(
  of: Draft,
  { name, steps, take, change, beside }: DraftSteps<A>,
): { primary: ReactNode; more: ReactNode } {
  const t = useT()
  const may = steps.filter(({ act }) => of.actions.includes(act))
  const { primary, more } = useReasonSteps(`campaign.${name}.${of.id}`, may, (act, reason) =>
    take(of.id, { action: act as A, revision: of.revision, ...(reason && { reason }) }),
  )
  return {
    primary,
    more: (
      <>
        {beside}
        {of.actions.includes('save') && <Button onClick={change}>{t('修改', 'Change')}</Button>}
        {more}
      </>
    ),
  }
}
