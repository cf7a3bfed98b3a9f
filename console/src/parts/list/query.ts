import { many, type Params, single } from '@/url/params'
import { type Filter, namesOf } from './filters'

/** How many rows a page holds unless the person chose otherwise. */
export const defaultLimit = 20

/** The page sizes that can be chosen. */
export const limits = [20, 50, 100]

/** The names in the address, and in requests, that are about the page and not about the rows. */
export const paging = { cursor: 'after', limit: 'limit', sort: 'sort' } as const

/** What the address says about the rows: declared filters and the order, nothing else. */
export function rowQuery(filters: Filter[], params: Params): Params {
  return pick(params, [...filters.flatMap(namesOf), paging.sort])
}

/** What is asked of the server for one page. */
export function pageQuery(filters: Filter[], params: Params): Params {
  return {
    ...rowQuery(filters, params),
    ...pick(params, [paging.cursor]),
    [paging.limit]: String(limitOf(params)),
  }
}

/** The page size in the address; one that is not offered counts as the usual one. */
export function limitOf(params: Params): number {
  const asked = Number(single(params[paging.limit]))
  return limits.includes(asked) ? asked : defaultLimit
}

function pick(params: Params, names: string[]): Params {
  return Object.fromEntries(
    names.filter((name) => many(params[name]).length > 0).map((name) => [name, params[name]]),
  )
}
