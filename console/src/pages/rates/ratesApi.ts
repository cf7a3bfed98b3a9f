import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

import type { RatesChoice } from './choice'

/** A figure in percent with its 95 % interval. */
export type Rate = Schemas['RatesRate']

/** The figures of a row in one reading; a rate without a sample is absent. */
export type Line = Schemas['RatesLine']

/** How a row moved since an earlier window: counts in percent, rates and scores in points, ranks in places. */
export type Moves = Schemas['RatesMoves']

/** One row of a table of rates. */
export type RatesRow = Schemas['RatesRow']

/** A table of rates with its window. */
export type RatesTable = Schemas['RatesTable']

/** The row under a table: all its cases together. */
export type Summary = Schemas['RatesSummary']

/** A window of time over which cases are counted. */
export type RatesWindow = Schemas['RatesNamedWindow']

/** The cases behind a figure, one page of them, with the figure. */
export type DrillRows = Schemas['RatesCasePage']

/** A case behind a figure. */
export type DrillRow = DrillRows['items'][number]

/** What the monthly meeting reads. */
export type Pack = Schemas['RatesPack']

/** The table of the choice, one page of it. */
export function tableOf(choice: RatesChoice, page: { cursor?: string; limit: number }) {
  return queryOptions({
    queryKey: ['rates', 'table', choice, page],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/v1/rates/table', {
          params: { query: { ...query(choice), ...page } },
          signal,
        }),
      ),
  })
}

/** The newest windows of a kind, for the picker. */
export function windowsOf(kind: RatesChoice['kind']) {
  return queryOptions({
    queryKey: ['rates', 'windows', kind],
    queryFn: async ({ signal }) =>
      (
        await read(
          api.GET('/api/v1/rates/windows', { params: { query: { kind, limit: 60 } }, signal }),
        )
      ).items ?? [],
  })
}

/** The rates of one row, or of the whole table, over the last windows. */
export function trendOf(choice: RatesChoice, id: string | undefined) {
  const { kind, subject, parent } = choice
  return queryOptions({
    queryKey: ['rates', 'trend', kind, subject, parent ?? '', id ?? ''],
    queryFn: async ({ signal }) =>
      (
        await read(
          api.GET('/api/v1/rates/trend', {
            params: {
              query: {
                kind,
                subject,
                ...(parent && { parent }),
                ...(id && { id }),
                count: kind === 'day' ? 30 : 12,
              },
            },
            signal,
          }),
        )
      ).points ?? [],
  })
}

/** What people call the measures. */
export const measureNames = queryOptions({
  queryKey: ['rates', 'dictionary'],
  queryFn: async ({ signal }) =>
    (await read(api.GET('/api/v1/rates/dictionary', { signal }))).measures ?? [],
  staleTime: Number.POSITIVE_INFINITY,
})

/** The pack of a window. */
export function packOf(id: string) {
  return queryOptions({
    queryKey: ['rates', 'pack', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/rates/windows/{id}/pack', { params: { path: { id } }, signal })),
  })
}

/** Signs a window off. */
export async function signOff(id: string, note: string): Promise<void> {
  await api.POST('/api/v1/rates/windows/{id}/sign', {
    params: { path: { id } },
    body: note ? { note } : {},
  })
}

/** The choice as the endpoints take it. */
export function query({ kind, window, subject, parent }: RatesChoice) {
  return { kind, subject, ...(window && { window }), ...(parent && { parent }) }
}
