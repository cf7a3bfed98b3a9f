import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { useLater } from '@/time/useLater'
import { personQuery, staffQuery } from './caseApi'

interface StaffSelectProps {
  id?: string
  value?: string
  onChange?: (person: string | undefined) => void
}

/** Chooses a person of the own scope by name. */
export function StaffSelect({ id, value, onChange }: StaffSelectProps) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const found = useQuery(staffQuery(useLater(typed.trim())))
  const options: { value: string; label: ReactNode }[] = (found.data ?? []).map((person) => ({
    value: person.id,
    label: [person.name, person.title, person.unit_name].filter(Boolean).join(' · '),
  }))
  if (value && !options.some((one) => one.value === value)) {
    options.unshift({ value, label: <StaffName id={value} /> })
  }
  return (
    <Select
      {...(id && { id })}
      className="qf-wide"
      allowClear
      placeholder={t('输入姓名查找', 'Type a name to look for')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      options={options}
      value={value ?? null}
      onChange={(next) => onChange?.(next ?? undefined)}
    />
  )
}

function StaffName({ id }: { id: string }) {
  return useQuery(personQuery(id)).data?.name ?? '…'
}
