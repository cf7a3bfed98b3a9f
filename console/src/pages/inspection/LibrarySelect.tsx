import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { FoundSelect } from '@/parts/fields/FoundSelect'
import { useLater } from '@/time/useLater'
import { findOfficers, findTargets, taskQuery } from './inspectionApi'
import { useInspectionWords } from './useInspectionWords'

interface PickerProps<V> {
  id?: string
  value?: V
  onChange?: (chosen: V) => void
}

/** Chooses a target of the library by its name. */
export function TargetSelect({ id, value, onChange }: PickerProps<string>) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const found = useQuery(findTargets(useLater(typed.trim())))
  return (
    <Select
      {...(id && { id })}
      className="qf-wide"
      placeholder={t('输入名称查找', 'Type a name to look for')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      options={(found.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
      value={value ?? null}
      onChange={(next) => onChange?.(next ?? '')}
    />
  )
}

/** Chooses an inspection that has a result, by its number or whom it was about. */
export function PastTaskSelect({ id, value, onChange }: PickerProps<string>) {
  const t = useT()
  const words = useInspectionWords()
  return (
    <FoundSelect
      id={id}
      value={value}
      onChange={(chosen) => onChange?.(chosen ?? '')}
      placeholder={t('输入对象或任务号查找', 'Type a target or a number')}
      name="inspection.past"
      search={async (typed, signal) => {
        const { items } = await read(
          api.GET('/api/v1/inspection/tasks', {
            params: { query: { q: typed, limit: 50 } },
            signal,
          }),
        )
        return (items ?? [])
          .filter((one) => one.conclusion)
          .map((one) => ({
            value: one.id,
            label: `${one.number} ${one.target_name} · ${words.name('conclusions', one.conclusion)}`,
          }))
      }}
      named={(chosen) => <PastTask id={chosen} />}
    />
  )
}

function PastTask({ id }: { id: string }) {
  const { data } = useQuery(taskQuery(id))
  return data ? `${data.number} ${data.target_name}` : '…'
}

interface OfficersProps extends PickerProps<string[]> {
  /** Social supervisors go too. */
  monitors?: boolean
}

/** Chooses inspectors of the library by name, the leading one first. */
export function OfficersSelect({ id, value, onChange, monitors = false }: OfficersProps) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const q = useLater(typed.trim())
  const found = useQuery(findOfficers(q))
  const volunteers = useQuery({ ...findOfficers(q, 'monitor'), enabled: monitors })
  const people = [...((monitors && volunteers.data) || []), ...(found.data ?? [])]
  return (
    <Select
      {...(id && { id })}
      className="qf-wide"
      mode="multiple"
      placeholder={t('先选组长，再选组员', 'The leading one first')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      options={people.map((one) => ({
        value: one.id,
        label: `${one.name} · ${one.agency}`,
      }))}
      value={value ?? []}
      onChange={(next: string[]) => onChange?.(next)}
    />
  )
}
