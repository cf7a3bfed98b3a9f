import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

/** A brief as lists show it. */
export type Brief = Schemas['CampaignBrief']

/** A brief with its figures and what can be done with it. */
export type BriefDetail = Schemas['CampaignBriefDetail']

/** A figure that a brief may hold. */
export type Fact = Schemas['CampaignFact']

export const briefOf = (id: string) =>
  queryOptions({
    queryKey: ['campaign', 'brief', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/briefs/{id}', { params: { path: { id } }, signal })),
  })

export function draftBrief(id: string, body: Schemas['CampaignNewBrief']): Promise<BriefDetail> {
  return read(api.POST('/api/v1/campaigns/{id}/briefs', { params: { path: { id } }, body }))
}

export function saveBrief(
  id: string,
  body: Schemas['CampaignSaveBriefBody'],
): Promise<BriefDetail> {
  return read(api.PUT('/api/v1/briefs/{id}', { params: { path: { id } }, body }))
}

export function stepBrief(id: string, body: Schemas['CampaignBriefStep']): Promise<BriefDetail> {
  return read(api.POST('/api/v1/briefs/{id}/step', { params: { path: { id } }, body }))
}
