import { useQuery, useQueryClient } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import { useState } from 'react'
import type { Unit } from '@/api/shell'
import { useT } from '@/i18n/useT'
import { useLater } from '@/time/useLater'
import { childrenOf, matching, named } from './unitQueries'

interface UnitTreeProps {
  id?: string | undefined
  label?: string | undefined
  ids: string[]
  multiple: boolean
  onPick: (ids: string[]) => void
}

interface Node {
  id: string
  pId: string
  value: string
  title: string
  isLeaf: boolean
}

interface Picked {
  value: string
  label: string
}

/** The tree of organisations: opened level by level, or searched by name on the server. */
export function UnitTree({ id, label, ids, multiple, onPick }: UnitTreeProps) {
  const t = useT()
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const [opened, setOpened] = useState<Node[]>([])
  const q = useLater(typed.trim())
  const roots = useQuery(childrenOf(undefined))
  const found = useQuery(matching(q))
  const known = useQuery(named(ids))
  const open = async (parent: string) => {
    const children = await client.fetchQuery(childrenOf(parent))
    setOpened((before) => [
      ...before.filter((node) => node.pId !== parent),
      ...children.map((unit) => nodeOf(unit, parent)),
    ])
  }
  const tree = [...(roots.data ?? []).map((unit) => nodeOf(unit, '')), ...opened]
  const nameOf = (unit: string) => known.data?.find((one) => one.id === unit)?.name ?? '…'
  const picked: Picked[] = ids.map((unit) => ({ value: unit, label: nameOf(unit) }))
  return (
    <TreeSelect<Picked | Picked[] | null, Node>
      {...(id && { id })}
      className="qf-wide"
      aria-label={label}
      placeholder={label ?? t('选择机构', 'Choose an organisation')}
      allowClear
      multiple={multiple}
      labelInValue
      treeDataSimpleMode
      popupMatchSelectWidth={false}
      showSearch={{ searchValue: typed, onSearch: setTyped, filterTreeNode: false }}
      treeData={
        q ? (found.data ?? []).map((unit) => ({ ...nodeOf(unit, ''), isLeaf: true })) : tree
      }
      loadData={(node) => open(String(node.value))}
      value={picked}
      onChange={(next) => onPick(listOf(next).map((one) => one.value))}
      notFoundContent={
        roots.isFetching || found.isFetching
          ? t('正在查找…', 'Looking…')
          : t('没有找到', 'None found')
      }
    />
  )
}

function nodeOf(unit: Unit, parent: string): Node {
  return { id: unit.id, pId: parent, value: unit.id, title: unit.name, isLeaf: !unit.has_children }
}

function listOf(picked: Picked | Picked[] | null | undefined): Picked[] {
  if (!picked) return []
  return Array.isArray(picked) ? picked : [picked]
}
