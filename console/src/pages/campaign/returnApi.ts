import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

/** A return with its numbers. */
export type ReturnDetail = Schemas['CampaignReturnDetail']

/** A return as lists show it. */
export type ReturnLine = Schemas['CampaignReturnLine']

/** A row of the table with its numbers. */
export type Line = Schemas['CampaignLine']

/** What somebody types into a row. */
export type TypedRow = Schemas['CampaignTypedRow']

/** A rule that does not hold. */
export type Violation = Schemas['CampaignViolation']

/** A row of the table as it is defined. */
export type TableRow = Schemas['CampaignRow']

export const returnsOf = (campaign: string) =>
  queryOptions({
    queryKey: ['return', 'of', campaign],
    queryFn: async ({ signal }) => {
      const all: ReturnLine[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await read(
          api.GET('/api/v1/returns', {
            params: { query: { campaign, limit: 200, ...(cursor && { cursor }) } },
            signal,
          }),
        )
        all.push(...page.items)
        cursor = page.next
        if (!cursor || all.length >= mostShown) return all
      }
    },
  })

/** Of more returns than this the calendar shows the first ones. */
export const mostShown = 2000

export const returnOf = (id: string, revision: number) =>
  queryOptions({
    queryKey: ['return', id, revision],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/v1/returns/{id}', { params: { path: { id }, query: { revision } }, signal }),
      ),
  })

export const returnTrailOf = (id: string) =>
  queryOptions({
    queryKey: ['return', id, 'trail'],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/returns/{id}/trail', { params: { path: { id } }, signal })),
  })

export const cellOf = (id: string, row: string) =>
  queryOptions({
    queryKey: ['return', id, 'row', row],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/returns/{id}/rows/{row}', { params: { path: { id, row } }, signal })),
  })

export const yearOf = (id: string) =>
  queryOptions({
    queryKey: ['return', id, 'year'],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/returns/{id}/year', { params: { path: { id } }, signal })),
  })

export const tableOf = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'table'],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/campaigns/{id}/table', { params: { path: { id } }, signal })),
  })

export function saveTable(id: string, body: Schemas['CampaignTableBody']) {
  return read(api.PUT('/api/v1/campaigns/{id}/table', { params: { path: { id } }, body }))
}

export function fillReturn(id: string, body: Schemas['CampaignFillBody']): Promise<ReturnDetail> {
  return read(api.PUT('/api/v1/returns/{id}', { params: { path: { id } }, body }))
}

export function stepReturn(id: string, body: Schemas['CampaignReturnStep']): Promise<ReturnDetail> {
  return read(api.POST('/api/v1/returns/{id}/step', { params: { path: { id } }, body }))
}

/** Reads a table that was filled in elsewhere; nothing is stored. */
export function readSheet(id: string, file: File) {
  return read(
    api.POST('/api/v1/returns/{id}/read', {
      params: { path: { id }, query: { name: file.name } },
      body: file as unknown as string,
      bodySerializer: (body) => body,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  )
}
