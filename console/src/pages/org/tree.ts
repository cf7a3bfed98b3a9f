import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

/** A region or a unit in the tree. */
export type TreeNode = Schemas['OrgNode']

/** What lies right below a node, or the tops of what the person may see. */
export function nodesBelow(node: string | undefined) {
  return queryOptions({
    queryKey: ['org', 'tree', node ?? ''],
    queryFn: async ({ signal }) =>
      (await read(
        api.GET('/api/v1/org/tree', { params: { query: node ? { node } : {} }, signal }),
      )) as TreeNode[],
    staleTime: 60_000,
  })
}
