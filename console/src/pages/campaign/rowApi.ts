import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

/** A figure that modules publish, with the dimensions in which it can be narrowed. */
export type Figure = Schemas['FigureDescribed']

/** The figures that a table can count. */
export const figures = queryOptions({
  queryKey: ['figures'],
  queryFn: ({ signal }) => read(api.GET('/api/v1/figures', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Stands for the campaign of the table among the values of a dimension. */
export const campaignItself = '{campaign}'
