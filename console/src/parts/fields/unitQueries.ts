import { queryOptions } from '@tanstack/react-query'
import { units } from '@/api/shell'

const staleTime = 10 * 60_000

/** The organisations under one, or the topmost ones that the person may see. */
export function childrenOf(parent: string | undefined) {
  return queryOptions({
    queryKey: ['units', 'children', parent ?? ''],
    queryFn: () => units(parent ? { parent } : {}),
    staleTime,
  })
}

/** The organisations whose name matches. */
export function matching(q: string) {
  return queryOptions({
    queryKey: ['units', 'matching', q],
    queryFn: () => units({ q }),
    enabled: q !== '',
    staleTime,
  })
}

/** The organisations with these ids. */
export function named(ids: string[]) {
  return queryOptions({
    queryKey: ['units', 'named', ids],
    queryFn: () => units({ id: ids }),
    enabled: ids.length > 0,
    staleTime,
  })
}
