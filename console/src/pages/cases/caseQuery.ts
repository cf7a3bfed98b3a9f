import type { Filter } from '@/parts/list/filters'
import { pageQuery } from '@/parts/list/query'
import { type Params, single } from '@/url/params'
import type { CaseQuery } from './caseApi'

/** What is asked of the server for the page of cases that an address describes; `fixed` wins over it. */
export function caseQueryOf(filters: Filter[], params: Params, fixed: CaseQuery = {}): CaseQuery {
  const box = single(params.box)
  return {
    ...(pageQuery(filters, params) as CaseQuery),
    ...(box && { box }),
    ...fixed,
  } as CaseQuery
}
