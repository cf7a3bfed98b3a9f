import { dayAfter, dayStart } from '@/time/shanghai'
import { many, type Params, single } from '@/url/params'
import { type Filter, namesOf } from './filters'

/** How many rows a page holds unless the person chose otherwise. */
export const defaultLimit = 20

/** The page sizes that can be chosen. */
export const limits = [20, 50, 100]

/** The names in the address, and in requests, that are about the page and not about the rows. */
export const paging = { cursor: 'cursor', limit: 'limit', sort: 'sort' } as const

/** What is asked of a server, by parameter name. */
export type Query = Record<string, string>

/** What the address asks about the rows: declared filters and the order, nothing else of it. */
export function rowQuery(filters: Filter[], params: Params): Query {
  const asked = filters.flatMap((filter) =>
    namesOf(filter).map((name, end) => [name, asking(filter, params[name], end)] as const),
  )
  return present([...asked, [paging.sort, single(params[paging.sort])]])
}

/** What is asked of the server for one page. */
export function pageQuery(filters: Filter[], params: Params): Query {
  const page = present([[paging.cursor, single(params[paging.cursor])]])
  return { ...rowQuery(filters, params), ...page, [paging.limit]: String(limitOf(params)) }
}

/** The page size in the address; one that is not offered counts as the usual one. */
export function limitOf(params: Params): number {
  const asked = Number(single(params[paging.limit]))
  return limits.includes(asked) ? asked : defaultLimit
}

/** The value that the server is asked with: lists in one parameter, days as the points in time they end at. */
function asking(filter: Filter, value: Params[string], end: number): string {
  const text = many(value).join(',')
  if (filter.kind !== 'days' || filter.asks === 'days' || text === '') return text
  return end === 0 ? dayStart(text) : dayStart(dayAfter(text))
}

function present(entries: (readonly [string, string | undefined])[]): Query {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]))
}
