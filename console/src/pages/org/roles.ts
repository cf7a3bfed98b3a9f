import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

/** A role with what it allows. */
export type Role = Schemas['OrgRole']

/** The roles of the program, or those that a person may hold. */
export const rolesQuery = (staff?: string) =>
  queryOptions({
    queryKey: ['org', 'roles', staff],
    queryFn: async ({ signal }) =>
      (await read(
        api.GET('/api/v1/org/roles', { params: { query: { ...(staff && { staff }) } }, signal }),
      )) as Role[],
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Takes a role back. */
export async function revokeGrant(id: string, reason: string): Promise<void> {
  await api.POST('/api/v1/org/grants/{id}/revoke', {
    params: { path: { id } },
    body: { reason },
  })
}
