import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { BulkAction, Refused } from '@/parts/list/bulk'
import type { CaseRow, CommonStep, StepTaken } from './caseApi'
import { useCaseWords } from './useCaseWords'

/** What can be done to all of the ticked cases: the steps that all of them are ready for. */
export function useBulkSteps(rows: CaseRow[]): BulkAction<CaseRow>[] {
  const t = useT()
  const can = useCan()
  return useCaseWords()
    .commonSteps.filter(
      ({ permission, state }) => can(permission) && rows.every((row) => row.state === state),
    )
    .map(({ action, name }) => ({
      key: action,
      label: t(name),
      ask: {
        question: t('逐件办理，记入每一件的过程。', 'Each case is handled and its record says so.'),
      },
      run: (ticked) => takeAll(ticked, action, t),
    }))
}

/** Takes a step of several cases, and returns those that were refused. */
async function takeAll(
  rows: CaseRow[],
  action: CommonStep['action'],
  t: Translate,
): Promise<Refused<CaseRow>[]> {
  const ids = rows.map((row) => row.id)
  const { items } = await read(api.POST('/api/v1/cases/steps', { body: { ids, action } }))
  return (items ?? []).flatMap(({ id, refused }) => {
    const row = rows.find((one) => one.id === id)
    return refused && row ? [{ row, name: row.number, why: whyOf(refused, t) }] : []
  })
}

/** What went wrong and, where the server knows it, what to do about it. */
function whyOf({ title, detail }: NonNullable<StepTaken['refused']>, t: Translate): string {
  return detail ? t(`${title}；${detail}`, `${title}; ${detail}`) : title
}
