import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { UnitName } from '@/parts/fields/UnitName'
import { useLater } from '@/time/useLater'

interface InstitutionPickerProps {
  id?: string
  /** Says what is chosen, where no form label does. */
  label?: string
  value?: string | undefined
  onChange?: (institution: string | undefined) => void
}

/** Chooses one institution by its name. */
export function InstitutionPicker({ id, label, value, onChange }: InstitutionPickerProps) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const q = useLater(typed.trim())
  const found = useQuery({
    queryKey: ['org', 'institutions', 'pick', q],
    queryFn: async ({ signal }) =>
      (
        await read(
          api.GET('/api/v1/org/institutions', {
            params: { query: { limit: 50, ...(q && { q }) } },
            signal,
          }),
        )
      ).items ?? [],
  })
  const options: { value: string; label: React.ReactNode }[] = (found.data ?? []).map((one) => ({
    value: one.id,
    label: one.name,
  }))
  if (value && !options.some((one) => one.value === value)) {
    options.unshift({ value, label: <UnitName id={value} /> })
  }
  return (
    <Select
      {...(id && { id })}
      className="qf-wide"
      aria-label={label}
      placeholder={label ?? t('选择医疗机构', 'Choose an institution')}
      allowClear
      popupMatchSelectWidth={false}
      showSearch={{ searchValue: typed, onSearch: setTyped, filterOption: false }}
      loading={found.isFetching}
      options={options}
      value={value ?? null}
      onChange={(chosen) => onChange?.(chosen ?? undefined)}
    />
  )
}
