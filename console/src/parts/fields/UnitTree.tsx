import { useQuery, useQueryClient } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import { type ReactNode, useState } from 'react'
import { nodesBelow, type TreeNode, unitsNamed } from '@/api/units'
import { useT } from '@/i18n/useT'
import { useLater } from '@/time/useLater'
import { NodeName } from './NodeName'

interface UnitTreeProps {
  id?: string | undefined
  label?: string | undefined
  ids: string[]
  multiple: boolean
  /** Regions can be chosen; else they only lead to what lies in them. */
  regions?: boolean
  onPick: (ids: string[]) => void
}

interface Item {
  id: string
  pId: string
  value: string
  title: string
  isLeaf: boolean
  selectable: boolean
}

interface Picked {
  value: string
  label: ReactNode
}

/** The tree of units: opened level by level, or searched by name on the server. */
export function UnitTree({ id, label, ids, multiple, regions = false, onPick }: UnitTreeProps) {
  const t = useT()
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState(false)
  const [opened, setOpened] = useState<Item[]>([])
  const q = useLater(typed.trim())
  const tops = useQuery(nodesBelow())
  const [expanded, setExpanded] = useState<string[]>()
  const found = useQuery(unitsNamed(q))
  const open = async (parent: string) => {
    const nodes = await client.fetchQuery(nodesBelow(parent))
    setOpened((before) => [
      ...before.filter((item) => item.pId !== parent),
      ...nodes.map((node) => itemOf(node, parent, regions)),
    ])
  }
  const tree = [...(tops.data ?? []).map((node) => itemOf(node, '', regions)), ...opened]
  const picked: Picked[] = ids.map((unit) => ({ value: unit, label: <NodeName node={unit} /> }))
  return (
    <TreeSelect<Picked | Picked[], Item>
      {...(id && { id })}
      className="qf-wide"
      aria-label={label}
      placeholder={label ?? t('选择机构', 'Choose a unit')}
      allowClear
      multiple={multiple}
      labelInValue
      treeDataSimpleMode
      popupMatchSelectWidth={false}
      showSearch={{ searchValue: typed, onSearch: setTyped, filterTreeNode: false }}
      treeData={q ? (found.data ?? []).map((node) => itemOf(node, '', regions)) : tree}
      treeExpandedKeys={expanded ?? (tops.data ?? []).map((node) => node.id)}
      onTreeExpand={(keys) => setExpanded(keys.map(String))}
      loadData={(item) => open(String(item.value))}
      {...valueProp(picked, multiple)}
      open={shown}
      onOpenChange={setShown}
      onChange={(next) => {
        onPick([next ?? []].flat().map((one) => one.value))
        setShown(false) // an open tree lies over the buttons of the form
      }}
      notFoundContent={
        tops.isFetching || found.isFetching
          ? t('正在查找…', 'Looking…')
          : t('没有找到', 'None found')
      }
    />
  )
}

function itemOf(node: TreeNode, parent: string, regions: boolean): Item {
  const { id, name, leaf, kind } = node
  const selectable = regions || kind !== 'region'
  return { id, pId: parent, value: id, title: name, isLeaf: leaf, selectable }
}

// The tree select warns of null and of lists where one value is meant; undefined it takes for none.
function valueProp(picked: Picked[], multiple: boolean): { value: Picked | Picked[] | undefined } {
  return { value: multiple ? picked : picked[0] }
}
