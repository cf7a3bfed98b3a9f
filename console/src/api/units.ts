import { queryOptions } from '@tanstack/react-query'
import { api, read } from './client'
import type { components } from './schema.gen'

/** A region or a unit in the tree of organisations. */
export type TreeNode = Pick<components['schemas']['OrgNode'], 'id' | 'kind' | 'name' | 'leaf'>

const staleTime = 10 * 60_000
const mostFound = 50

/** The regions and units right below a node, or at the top. */
export function nodesBelow(node?: string) {
  return queryOptions({
    queryKey: ['units', 'below', node ?? ''],
    queryFn: (): Promise<TreeNode[]> =>
      read(api.GET('/api/v1/org/tree', { params: { query: node ? { node } : {} } })),
    staleTime,
  })
}

/** The units whose name matches. */
export function unitsNamed(q: string) {
  return queryOptions({
    queryKey: ['units', 'named', q],
    queryFn: async (): Promise<TreeNode[]> => {
      const query = { q, limit: mostFound }
      const found = await read(api.GET('/api/v1/org/units', { params: { query } }))
      return found.items.map((unit) => ({ ...unit, leaf: true }))
    },
    enabled: q !== '',
    staleTime,
  })
}

/** The unit with this identifier. */
export function unit(id: string) {
  return queryOptions({
    queryKey: ['units', 'one', id],
    queryFn: () => read(api.GET('/api/v1/org/units/{id}', { params: { path: { id } } })),
    enabled: id !== '',
    staleTime,
  })
}
