import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { download } from '@/api/download'
import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']

/** A code with where it hangs and how often it was scanned. */
export type CodeLine = Schemas['IntakeCodeLine']

/** How far the places of an institution have codes. */
export type InstitutionCoverage = Schemas['IntakeInstitutionCoverage']

/** How far the places of a region have codes. */
export type RegionCoverage = Schemas['IntakeRegionCoverage']

/** A place without a code. */
export type BarePlace = Schemas['IntakeBarePlace']

/** Which posters are wanted, and in which size. */
export type PosterOrder = Schemas['IntakePosterOrder']

/** The sizes in which posters are made. */
export type PosterSize = PosterOrder['size']

/** What can be done to a code that hangs, or hung, somewhere. */
export type CodeChange = 'rotate' | 'revoke' | 'replace'

/** The coverage of the regions that the person sees. */
export const regionCoverageQuery = queryOptions({
  queryKey: ['codes', 'regions'],
  queryFn: async ({ signal }) =>
    (await read(api.GET('/api/v1/codes/coverage/regions', { signal }))) as RegionCoverage[],
  staleTime: 60_000,
})

/** What scans are asked for. */
export interface ScanChoice {
  from?: string
  to?: string
  region?: string
  institution?: string
}

/** Scans by day and by place. */
export function scansQuery(query: ScanChoice) {
  return queryOptions({
    queryKey: ['codes', 'scans', query],
    queryFn: ({ signal }) => read(api.GET('/api/v1/codes/scans', { params: { query }, signal })),
  })
}

const mostSilent = 200

/** How many codes of the choice nobody has scanned for 30 days; `200+` where there are more. */
export function silentQuery({ region, institution }: ScanChoice) {
  const query = {
    state: 'silent' as const,
    limit: mostSilent,
    ...(region && { region }),
    ...(institution && { institution }),
  }
  return queryOptions({
    queryKey: ['codes', 'silent', query],
    queryFn: async ({ signal }) => {
      const { items, next } = await read(api.GET('/api/v1/codes', { params: { query }, signal }))
      return next ? `${mostSilent}+` : (items ?? []).length
    },
  })
}

/** Makes codes for these places, or for every place of an institution that has none. */
export function makeCodes(body: Schemas['MakeCodesInputBody']) {
  return read(api.POST('/api/v1/codes', { body }))
}

/** Takes a code down; except after revoking it, another hangs in its place. */
export function changeCode(id: string, change: CodeChange, reason: string) {
  const init = { params: { path: { id } }, body: { reason } }
  switch (change) {
    case 'rotate':
      return read(api.POST('/api/v1/codes/{id}/rotate', init))
    case 'replace':
      return read(api.POST('/api/v1/codes/{id}/replace', init))
    case 'revoke':
      return read(api.POST('/api/v1/codes/{id}/revoke', init))
  }
}

/** Has posters printed into a PDF and hands it to the browser. */
export function downloadPosters(body: PosterOrder): Promise<void> {
  return download(api.POST('/api/v1/codes/posters', { body, parseAs: 'blob' }), 'posters.pdf')
}
