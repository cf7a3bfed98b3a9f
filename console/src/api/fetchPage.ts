import type { ListPath, Page, RowOf } from './answers'
import { api, read } from './client'

/** One page of the list at this path; `query` holds the filters, the order and the cursor. */
export function fetchPage<P extends ListPath>(
  path: P,
  pathParams: Record<string, string>,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<Page<RowOf<P>>> {
  // The filters are data, so their names cannot be checked against the path here; the server checks them.
  const init = { params: { path: pathParams, query }, signal } as never
  return read(api.GET(path as never, init)) as Promise<Page<RowOf<P>>>
}
