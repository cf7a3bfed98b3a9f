import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ListPath } from '@/api/answers'
import { fetchPage } from '@/api/fetchPage'
import { useUrlParams } from '@/url/useUrlParams'
import type { Filter } from './filters'
import { pageQuery, rowQuery } from './query'
import { useLastCount } from './useLastCount'

/** Loads the page of rows that the address asks for; the old rows stay until the new ones are here. */
export function useRows<P extends ListPath>(
  path: P,
  pathParams: Record<string, string>,
  filters: Filter[],
) {
  const [params] = useUrlParams()
  const query = pageQuery(filters, params)
  const rows = useQuery({
    queryKey: ['list', path, pathParams, query],
    queryFn: ({ signal }) => fetchPage(path, pathParams, query, signal),
    placeholderData: keepPreviousData,
  })
  const count = useLastCount(rowQuery(filters, params), rows.data?.count)
  return { rows, count }
}
