import { useQuery, useQueryClient } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { NodeName } from '@/parts/fields/NodeName'
import { nodesBelow, type TreeNode } from './tree'

interface Item {
  id: string
  pId: string
  value: string
  node: string
  title: string
  isLeaf: boolean
}

interface NodePickerProps {
  id?: string
  value?: string | undefined
  onChange?: (node: string | undefined) => void
  /** What stands for the node: its identifier, or its path as in grants and settings. */
  by?: 'id' | 'path'
  /** Offers "everywhere", the path `/`. */
  everywhere?: boolean
}

/** Chooses a region or a unit out of the whole tree, opened level by level. */
export function NodePicker({ id, value, onChange, by = 'id', everywhere }: NodePickerProps) {
  const t = useT()
  const client = useQueryClient()
  const tops = useQuery(nodesBelow(undefined))
  const [opened, setOpened] = useState<{ parent: string; nodes: TreeNode[] }[]>([])
  const item = (node: TreeNode, parent: string) => ({
    id: node[by],
    pId: parent,
    value: node[by],
    node: node.id,
    title: node.name,
    isLeaf: node.leaf,
  })
  const tree = [
    ...(everywhere
      ? [{ id: '/', pId: '', value: '/', title: t('全部', 'Everywhere'), node: '', isLeaf: true }]
      : []),
    ...(tops.data ?? []).map((node) => item(node, '')),
    ...opened.flatMap(({ parent, nodes }) => nodes.map((node) => item(node, parent))),
  ]
  const open = async (parent: string, node: string) => {
    const nodes = await client.fetchQuery(nodesBelow(node))
    setOpened((before) => [...before.filter((one) => one.parent !== parent), { parent, nodes }])
  }
  return (
    <TreeSelect<{ value: string; label: ReactNode } | undefined, Item>
      {...(id && { id })}
      className="qf-wide"
      placeholder={t('选择地区或机构', 'Choose a region or unit')}
      allowClear
      treeDataSimpleMode
      popupMatchSelectWidth={false}
      treeData={tree}
      loadData={(node) => open(String(node.value), node.node)}
      labelInValue
      value={value ? { value, label: <NodeName node={value} /> } : undefined}
      onChange={(chosen) => onChange?.(chosen?.value)}
    />
  )
}
