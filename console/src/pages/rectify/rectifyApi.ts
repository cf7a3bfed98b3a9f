import { queryOptions, useQuery } from '@tanstack/react-query'
import { awaitsFiles, soonWhile } from '@/api/awaited'
import { api, read } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { type Text, text } from '@/i18n/text'
import type { Choice } from '@/parts/list/filters'
import type { StepSpec } from './steps'

type Schemas = components['schemas']

/** One problem in the ledger. */
export type ProblemRow = Schemas['RectifyProblemRow']

/** Everything about one problem that the person may see. */
export type ProblemDetail = Schemas['RectifyProblemPage']

/** The closed lists of the ledger. */
export type LedgerWords = Schemas['RectifyLedgerWords']

/** A problem as it is entered. */
export type Entry = Schemas['ProblemEnterInputBody']

/** The address of a problem. */
export function problemLink(row: { id: string }): string {
  return `/inspection/problems/${row.id}`
}

/** One problem with its files and steps. */
export function problemQuery(id: string) {
  return queryOptions({
    queryKey: ['problem', id],
    queryFn: () => read(api.GET('/api/v1/problems/{id}', { params: { path: { id } } })),
    // Copies of files and the number come some seconds later.
    refetchInterval: ({ state: { data } }) =>
      soonWhile(data && (awaitsFiles(data.files) || !data.number)),
  })
}

const words = queryOptions({
  queryKey: ['problem.words'],
  queryFn: () => read(api.GET('/api/v1/problems/dictionary')),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The closed lists of the ledger; undefined until they are there. */
export function useLedgerWords(): LedgerWords | undefined {
  return useQuery(words).data
}

/** How many problems are in each box. */
export function useCounts(kind: 'problem' | 'hazard' | undefined) {
  return useQuery({
    queryKey: ['problems', 'counts', kind],
    queryFn: () =>
      read(api.GET('/api/v1/problems/counts', { params: { query: { ...(kind && { kind }) } } })),
  }).data
}

/** Enters a problem. */
export function enter(body: Entry): Promise<Schemas['RectifyProblem']> {
  return read(api.POST('/api/v1/problems', { body }))
}

/** Takes a step of a problem; the body holds what its form was filled in with. */
export async function step(id: string, spec: StepSpec, body: object): Promise<void> {
  const path = `/api/v1/problems/{id}/${spec.tail}` as never
  // Which body belongs to which address is settled where the forms are declared.
  await api.POST(path, { params: { path: { id } }, body: { ...body, ...spec.fixed } } as never)
}

/** Gives several problems to a department or person, and returns those that were refused. */
export async function assignAll(ids: string[], to: object) {
  return read(api.POST('/api/v1/problems/assign', { body: { ids, ...to } }))
}

/** What a code of a closed list is called; one that is not known is shown as it is. */
export function nameIn(list: { code: string; text: Text }[] | undefined, code: string): Text {
  return list?.find((word) => word.code === code)?.text ?? text(code, code)
}

/** What a category is called, with its group. */
export function categoryName(words: LedgerWords | undefined, code: string): Text {
  for (const group of words?.categories ?? []) {
    if (group.code === code) return group.name
    const item = group.items?.find((one) => one.code === code)
    if (item) return item.name
  }
  return text(code, code)
}

/** A closed list as the choices of a filter or a select. */
export function choicesOf(
  list: { code: string; text: Text }[] | undefined,
  t: (words: Text) => string,
): Choice[] {
  return (list ?? []).map((word) => ({ value: word.code, label: t(word.text) }))
}
