import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

/** Somebody who keeps the conduct of a unit. */
export type Conduct = Schemas['CampaignConductLine']

/** A unit that needs somebody full-time and has nobody. */
export type Unstaffed = Schemas['CampaignUnstaffed']

export const withoutConduct = queryOptions({
  queryKey: ['campaign', 'conduct', 'missing'],
  queryFn: ({ signal }) => read(api.GET('/api/v1/conduct-staff/missing', { signal })),
})

export function addConduct(body: Schemas['CampaignAddConductBody']) {
  return read(api.POST('/api/v1/conduct-staff', { body }))
}

export function endConduct(id: string, until: string) {
  return read(
    api.POST('/api/v1/conduct-staff/{id}/end', { params: { path: { id } }, body: { until } }),
  )
}
