import type { Filter } from '@/parts/list/filters'
import { pageQuery, type Query, rowQuery } from '@/parts/list/query'
import { type Params, single } from '@/url/params'
import type { CaseQuery } from './caseApi'

/**
 * What is asked of the server for the page of cases that an address describes; `fixed` wins over
 * it. The first page asks for the number of all of them.
 */
export function caseQueryOf(filters: Filter[], params: Params, fixed: CaseQuery = {}): CaseQuery {
  const asked = { ...pageQuery(filters, params), ...boxOf(params), ...fixed }
  return (asked.cursor ? asked : { ...asked, count: true }) as CaseQuery
}

/** What is asked of the server for all of those cases as a file. */
export function exportQueryOf(filters: Filter[], params: Params, fixed: CaseQuery = {}): Query {
  return { ...rowQuery(filters, params), ...boxOf(params), ...fixed } as Query
}

function boxOf(params: Params): Query {
  const box = single(params.box)
  return box ? { box } : {}
}
