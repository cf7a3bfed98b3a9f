import { queryOptions } from '@tanstack/react-query'
import { awaitsFiles, soonWhile } from '@/api/awaited'
import { api, read } from '@/api/client'
import { download } from '@/api/download'
import type { Schemas } from '@/pages/system/schemas'

/** How far the self-examination of a campaign has come. */
export type SelfProgress = Schemas['CampaignSelfProgress']

/** An institution of a round, as lists show it. */
export type SelfLine = Schemas['CampaignSelfLine']

/** What an institution sent. */
export type SelfDetail = Schemas['CampaignSelfDetail']

/** A problem that an institution found itself. */
export type SelfProblem = Schemas['CampaignSelfProblem']

export type SheetSize = Schemas['LinkSheetInputBody']['size']

export const selfProgressOf = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'selfcheck'],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/campaigns/{id}/selfcheck', { params: { path: { id } }, signal })),
  })

export const selfOf = (id: string, unit: string, revision: number) =>
  queryOptions({
    queryKey: ['campaign', id, 'selfcheck', unit, revision],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/v1/campaigns/{id}/selfcheck/institutions/{unit}', {
          params: { path: { id, unit }, query: { revision } },
          signal,
        }),
      ),
    // Copies of files and the numbers of the ledger come some seconds later.
    refetchInterval: ({ state: { data } }) =>
      soonWhile(data && (awaitsFiles(data.files) || data.ledger.some(({ number }) => !number))),
  })

export const selfLinkOf = (id: string, unit: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'selfcheck', unit, 'link'],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/v1/campaigns/{id}/selfcheck/institutions/{unit}/link', {
          params: { path: { id, unit } },
          signal,
        }),
      ),
  })

/** What a round is begun with, or changed to; without a form it asks for the tasks of the plan. */
export interface RoundValues {
  stage: string
  form_id: string
}

/** Asks everybody in scope until the end of a stage, or changes the stage or what they are asked. */
export function openSelf(id: string, { stage, form_id }: RoundValues): Promise<SelfProgress> {
  return read(
    api.POST('/api/v1/campaigns/{id}/selfcheck', {
      params: { path: { id } },
      body: { stage, ...(form_id && { form_id }) },
    }),
  )
}

/** The forms in force, any of which may be a checklist. */
export const checklistForms = queryOptions({
  queryKey: ['forms', 'checklists'],
  queryFn: async ({ signal }) => {
    const { items } = await read(
      api.GET('/api/v1/forms', { params: { query: { limit: 100 } }, signal }),
    )
    return items.filter((form) => form.current > 0)
  },
})

/** Makes a link open nothing, and gives another one unless none is wanted. */
export function relink(id: string, unit: string, revoke: boolean, reason: string) {
  return read(
    api.POST('/api/v1/campaigns/{id}/selfcheck/institutions/{unit}/link', {
      params: { path: { id, unit } },
      body: { revoke, reason },
    }),
  )
}

/** Reminds these institutions, or all that sent nothing. */
export function remindSelf(id: string, units: string[]): Promise<Schemas['CampaignReminded']> {
  return read(
    api.POST('/api/v1/campaigns/{id}/selfcheck/remind', {
      params: { path: { id } },
      body: units.length > 0 ? { units } : {},
    }),
  )
}

/** Has the links of these institutions printed, or of all that sent nothing. */
export function downloadSheet(id: string, size: SheetSize, units: string[]): Promise<void> {
  return download(
    api.POST('/api/v1/campaigns/{id}/selfcheck/sheet', {
      params: { path: { id } },
      body: { size, ...(units.length > 0 && { units }) },
      parseAs: 'blob',
    }),
    'links.pdf',
  )
}

/** The page of what an institution sent. */
export function selfLink(id: string, unit: string): string {
  return `/campaign/list/${id}/selfcheck/${unit}`
}
