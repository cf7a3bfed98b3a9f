import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { useLater } from '@/time/useLater'
import { staffQuery } from './caseApi'

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
  return (
    <Select
      {...(id && { id })}
      className="qf-wide"
      allowClear
      placeholder={t('输入姓名查找', 'Type a name to look for')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      options={(found.data ?? []).map((person) => ({
        value: person.id,
        label: [person.name, person.title, person.unit_name].filter(Boolean).join(' · '),
      }))}
      value={value ?? null}
      onChange={(next) => onChange?.(next ?? undefined)}
    />
  )
}
