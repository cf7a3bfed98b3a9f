import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

/** A typical case as lists show it. */
export type Typical = Schemas['CampaignTypical']

/** A typical case with where it may name somebody, and what can be done with it. */
export type TypicalDetail = Schemas['CampaignTypicalDetail']

/** What a person writes. */
export type TypicalBody = Schemas['CampaignTypicalBody']

export const typicalOf = (id: string) =>
  queryOptions({
    queryKey: ['campaign', 'typical', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/typical-cases/{id}', { params: { path: { id } }, signal })),
  })

export function writeTypical(id: string, body: TypicalBody): Promise<TypicalDetail> {
  return read(api.POST('/api/v1/campaigns/{id}/typical-cases', { params: { path: { id } }, body }))
}

export function saveTypical(id: string, body: TypicalBody): Promise<TypicalDetail> {
  return read(api.PUT('/api/v1/typical-cases/{id}', { params: { path: { id } }, body }))
}

export function stepTypical(
  id: string,
  body: Schemas['CampaignTypicalStep'],
): Promise<TypicalDetail> {
  return read(api.POST('/api/v1/typical-cases/{id}/step', { params: { path: { id } }, body }))
}
