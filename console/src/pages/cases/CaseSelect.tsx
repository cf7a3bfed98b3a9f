import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { useLater } from '@/time/useLater'
import { caseQuery, casesQuery } from './caseApi'

interface CaseSelectProps {
  id?: string
  value?: string
  onChange?: (one: string | undefined) => void
}

/** Chooses another case by number or words. */
export function CaseSelect({ id, value, onChange }: CaseSelectProps) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const q = useLater(typed.trim())
  const found = useQuery(casesQuery({ limit: 20, ...(q && { q }) }))
  const options: { value: string; label: ReactNode }[] = (found.data?.items ?? []).map((one) => ({
    value: one.id,
    label: `${one.number} ${one.title}`,
  }))
  if (value && !options.some((one) => one.value === value)) {
    options.unshift({ value, label: <CaseName id={value} /> })
  }
  return (
    <Select
      {...(id && { id })}
      className="qf-wide"
      allowClear
      placeholder={t('输入编号或内容查找', 'Type a number or words')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      options={options}
      value={value ?? null}
      onChange={(next) => onChange?.(next ?? undefined)}
    />
  )
}

function CaseName({ id }: { id: string }) {
  const row = useQuery(caseQuery(id)).data?.case
  return row ? `${row.number} ${row.title}` : '…'
}
