import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Count, ListPath } from '@/api/answers'
import { fetchPage } from '@/api/fetchPage'
import { useUrlParams } from '@/url/useUrlParams'
import type { Filter } from './filters'
import { pageQuery, type Query, rowQuery } from './query'

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

/** The server counts on the first page only; the number holds while the filters stay the same. */
function useLastCount(filtered: Query, count: Count | undefined): Count | undefined {
  const key = JSON.stringify(filtered)
  const last = useRef<{ key: string; count: Count }>(undefined)
  if (count) last.current = { key, count }
  return last.current?.key === key ? last.current.count : undefined
}
