import { Select } from 'antd'
import { useT } from '@/i18n/useT'
import { useCaseWords } from '@/pages/cases/useCaseWords'

interface CategorySelectProps {
  id?: string
  value?: string
  onChange?: (code: string | undefined) => void
}

/** Chooses a category or one of its items, by code or words: `F2`, `红包`. */
export function CategorySelect({ id, value, onChange }: CategorySelectProps) {
  const t = useT()
  const { catalogue } = useCaseWords()
  const options = catalogue.flatMap((category) => [
    { value: category.code, label: `${category.code} ${t(category.name)}` },
    ...(category.items ?? []).map((item) => ({
      value: item.code,
      label: `${item.code} ${t(category.name)} · ${t(item.name)}`,
    })),
  ])
  return (
    <Select
      {...(id && { id })}
      placeholder={t('输入代码或名称', 'Type a code or a name')}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      value={value ?? null}
      onChange={(code) => onChange?.(code ?? undefined)}
    />
  )
}
