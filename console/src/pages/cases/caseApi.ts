import { queryOptions } from '@tanstack/react-query'
import type { Page } from '@/api/answers'
import { awaitsFiles, soonWhile } from '@/api/awaited'
import { api, read } from '@/api/client'
import { download } from '@/api/download'
import type { components, paths } from '@/api/schema.gen'
import type { StepSpec } from './steps'

type Schemas = components['schemas']

/** One case in a list. */
export type CaseRow = Schemas['CaseworkRow']

/** Everything about one case that the person may see. */
export type CaseDetail = Schemas['CaseworkDetail']

/** How a reporter of a case stands towards the person. */
export type Standing = Schemas['CaseworkStanding']

/** What who reported is opened for. */
export type Purpose = NonNullable<Schemas['IdentityInputBody']['purpose']>

/** A case that may be about the same matter, and why. */
export type Repeat = Schemas['CaseworkRepeat']

/** One row of the dispatch catalogue. */
export type DispatchRule = Schemas['CaseworkDispatchRule']

/** A step that may be taken for several cases at once. */
export type CommonStep = Schemas['CaseworkCommonStep']

/** What became of it in one case. */
export type StepTaken = Schemas['CaseworkStepTaken']

/** The filters of the list of cases, as the server knows them. */
export type CaseQuery = NonNullable<paths['/api/v1/cases']['get']['parameters']['query']>

/** What must be done now: counts by box and by state, and the most pressing cases. */
export const benchQuery = queryOptions({
  queryKey: ['workbench'],
  queryFn: () => read(api.GET('/api/v1/workbench')),
})

/** One case with its papers. */
export function caseQuery(id: string) {
  return queryOptions({
    queryKey: ['case', id],
    queryFn: () => read(api.GET('/api/v1/cases/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => soonWhile(awaitsFiles(state.data?.content.files)),
  })
}

/** Cases that may be about the same matter, the likeliest first. */
export function repeatsQuery(id: string) {
  return queryOptions({
    queryKey: ['case', id, 'repeats'],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/api/v1/cases/{id}/repeats', { params: { path: { id } }, signal })))
        .items ?? [],
  })
}

/** One page of cases. */
export function casesQuery(query: CaseQuery) {
  return queryOptions({
    queryKey: ['cases', query],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/api/v1/cases', { params: { query }, signal }))) as Page<CaseRow>,
  })
}

/** The rows of the dispatch catalogue that hold. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: async () => (await read(api.GET('/api/v1/catalogue'))).items ?? [],
})

/** The people of the person's own scope whose name holds these words. */
export function staffQuery(q: string) {
  return queryOptions({
    queryKey: ['cases.staff', q],
    queryFn: async () =>
      (
        await read(
          api.GET('/api/v1/org/staff', { params: { query: { q, mine: true, limit: 30 } } }),
        )
      ).items ?? [],
    staleTime: 60_000,
  })
}

/** A person of whom only the identifier is known. */
export function personQuery(id: string) {
  return queryOptions({
    queryKey: ['cases.person', id],
    queryFn: () => read(api.GET('/api/v1/org/staff/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  })
}

/** Takes a step of a case; the body holds what its form was filled in with. */
export async function step(id: string, spec: StepSpec, body?: object): Promise<void> {
  const path = `/api/v1/cases/{id}/${spec.tail}` as const
  // Which body belongs to which address is settled where the forms are declared.
  const sent = { params: { path: { id, ...spec.on } }, ...(body && { body }) }
  await api.POST(path, sent as never)
}

/** Writes to the reporter of a case. */
export async function writeTo(id: string, body: { text: string }): Promise<void> {
  await api.POST('/api/v1/cases/{id}/messages', { params: { path: { id } }, body })
}

/** Opens who gave a report of a case. */
export async function openIdentity(id: string, body: Schemas['IdentityInputBody']): Promise<void> {
  await api.POST('/api/v1/cases/{id}/identity/openings', { params: { path: { id } }, body })
}

/** Asks the custodian to let the person open who gave a report of a case. */
export async function askIdentity(id: string, body: Schemas['IdentityInputBody']): Promise<void> {
  await api.POST('/api/v1/cases/{id}/identity/requests', { params: { path: { id } }, body })
}

/** Hands the complete file of a case to the browser. */
export function downloadArchive(id: string, number: string): Promise<void> {
  const asked = api.GET('/api/v1/cases/{id}/archive', { params: { path: { id } }, parseAs: 'blob' })
  return download(asked, `${number}.pdf`)
}

/** Has the sanitised copy of a file made again. */
export async function retryFile(id: string, file: string): Promise<void> {
  await api.POST('/api/v1/cases/{id}/files/{file}/retry', { params: { path: { id, file } } })
}

/** What became of a file. */
export type Custody = Schemas['CaseworkCustody']

/** What became of a file of a case, from its receipt on. */
export function custodyQuery(id: string, file: string) {
  return queryOptions({
    queryKey: ['case', id, 'custody', file],
    queryFn: () =>
      read(api.GET('/api/v1/cases/{id}/files/{file}/custody', { params: { path: { id, file } } })),
    staleTime: 0,
  })
}

/** Hands the original of a file to the browser, for a reason that goes into the history. */
export function releaseOriginal(id: string, file: string, reason: string): Promise<void> {
  const asked = api.POST('/api/v1/cases/{id}/files/{file}/original', {
    params: { path: { id, file } },
    body: { reason },
    parseAs: 'blob',
  })
  return download(asked, 'original.zip')
}

/** Adds a row to the dispatch catalogue. */
export async function addRule(body: Schemas['AddRuleInputBody']): Promise<void> {
  await api.POST('/api/v1/catalogue', { body })
}

/** Ends a row of the dispatch catalogue. */
export async function endRule(id: string): Promise<void> {
  await api.POST('/api/v1/catalogue/{id}/end', { params: { path: { id } } })
}
