import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { BulkAction } from '@/parts/list/bulk'
import type { CaseRow } from './caseApi'

/** A step that may be taken for several cases at once: nothing is decided in it case by case. */
interface BulkStep {
  key: string
  permission: string
  /** The state in which it can be taken. */
  state: string
  label: (t: Translate) => string
  take: (id: string, t: Translate) => Promise<void>
}

const steps: BulkStep[] = [
  {
    key: 'accept',
    permission: 'case.triage',
    state: 'received',
    label: (t) => t('受理', 'Accept'),
    take: async (id) => {
      await api.POST('/api/v1/cases/{id}/accept', { params: { path: { id } }, body: {} })
    },
  },
  {
    key: 'dispatch',
    permission: 'case.dispatch',
    state: 'accepted',
    label: (t) => t('按目录派单', 'Dispatch by the catalogue'),
    take: dispatchAsSuggested,
  },
  {
    key: 'sign',
    permission: 'case.handle',
    state: 'dispatched',
    label: (t) => t('签收', 'Sign for'),
    take: async (id) => {
      await api.POST('/api/v1/cases/{id}/sign', { params: { path: { id } } })
    },
  },
]

/** What can be done to all of the ticked cases. */
export function useBulkSteps(rows: CaseRow[]): BulkAction<CaseRow>[] {
  const t = useT()
  const can = useCan()
  return steps
    .filter(({ permission, state }) => can(permission) && rows.every((row) => row.state === state))
    .map(({ key, label, take }) => ({
      key,
      label: label(t),
      ask: {
        question: t('逐件办理，记入每一件的过程。', 'Each case is handled and its record says so.'),
      },
      run: (ticked) => takeAll(ticked, take, t),
    }))
}

/** Takes a step of one case after the other; those that are refused are named with the reason. */
async function takeAll(rows: CaseRow[], take: BulkStep['take'], t: Translate): Promise<void> {
  const refused: string[] = []
  for (const { id, number } of rows) {
    try {
      await take(id, t)
    } catch (error) {
      refused.push(`${number}: ${error instanceof Error ? error.message : ''}`)
    }
  }
  if (refused.length === 0) return
  const done = rows.length - refused.length
  throw new Error(
    `${t(`已办 ${done} 件，未办 ${refused.length} 件。`, `${done} done, ${refused.length} not.`)} ${refused.join('; ')}`,
  )
}

/** Sends a case where the dispatch catalogue says; one of which it says nothing waits for a person. */
async function dispatchAsSuggested(id: string, t: Translate): Promise<void> {
  const params = { params: { path: { id } } }
  const { suggested } = await read(api.GET('/api/v1/cases/{id}', params))
  if (!suggested) throw new Error(t('目录没有指明单位', 'the catalogue names no unit'))
  const { lead, helpers } = suggested
  await api.POST('/api/v1/cases/{id}/dispatch', { ...params, body: { lead, helpers } })
}
