import { TreeSelect } from 'antd'
import { useT } from '@/i18n/useT'
import { useDictionary } from './sanctionApi'

interface ViolationSelectProps {
  id?: string
  multiple?: boolean
  value?: string | string[]
  onChange?: (codes: string | string[]) => void
}

/** Chooses violations of the taxonomy: a group, or an item of one. */
export function ViolationSelect({ id, multiple = false, value, onChange }: ViolationSelectProps) {
  const t = useT()
  const groups = useDictionary().violations ?? []
  return (
    <TreeSelect
      {...(id && { id })}
      className="qf-wide"
      multiple={multiple}
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      placeholder={t('选择或输入关键词', 'Choose, or type a word')}
      treeData={groups.map((group) => ({
        value: group.code,
        title: `${group.code} ${t(group.name)}`,
        children: (group.items ?? []).map((item) => ({
          value: item.code,
          title: `${item.code} ${t(item.name)}`,
        })),
      }))}
      value={value}
      onChange={onChange}
    />
  )
}
