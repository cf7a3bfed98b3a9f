import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Card, Skeleton, Tree } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { nodesBelow, type TreeNode } from './tree'

interface Item {
  key: string
  title: string
  isLeaf: boolean
  children?: Item[]
}

/** The tree of regions and units; choosing a node narrows the list beside it. */
export function OrgTree() {
  const t = useT()
  const client = useQueryClient()
  const [params, change] = useUrlParams()
  const tops = useQuery(nodesBelow(undefined))
  const [opened, setOpened] = useState(new Map<string, TreeNode[]>())
  if (tops.error) return <ProblemAlert error={tops.error} onRetry={tops.refetch} />
  const chosen = single(params.below)
  const items = (nodes: TreeNode[]): Item[] =>
    nodes.map((node) => {
      const below = opened.get(node.id)
      return {
        key: node.id,
        title: node.name,
        isLeaf: node.leaf,
        ...(below && { children: items(below) }),
      }
    })
  const open = async (key: string) => {
    const nodes = await client.fetchQuery(nodesBelow(key))
    setOpened((before) => new Map(before).set(key, nodes))
  }
  return (
    <Card size="small" className="qf-org-tree" title={t('组织树', 'Tree')}>
      {tops.isPending ? (
        <Skeleton active />
      ) : (
        <Tree<Item>
          blockNode
          defaultExpandedKeys={tops.data.map((node) => node.id)}
          treeData={items(tops.data)}
          loadData={(node) => open(node.key)}
          selectedKeys={chosen ? [chosen] : []}
          onSelect={(keys) =>
            change({
              below: keys[0] ? String(keys[0]) : undefined,
              after: undefined,
              cursor: undefined,
            })
          }
        />
      )}
    </Card>
  )
}
