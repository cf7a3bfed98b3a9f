import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useLater } from '@/time/useLater'

/** Something that a search found. */
export interface Found {
  value: string
  label: ReactNode
}

interface FoundSelectProps {
  id?: string | undefined
  /** Says what is chosen, where no form label does. */
  label?: string | undefined
  placeholder: string
  value?: string | undefined
  onChange?: ((value: string | undefined) => void) | undefined
  /** Names the search among the queries. */
  name: string
  search: (typed: string, signal: AbortSignal) => Promise<Found[]>
  /** What a value is called that the search has not found. */
  named: (value: string) => ReactNode
  /** What is offered beside what was found. */
  beside?: ((typed: string) => Found[]) | undefined
}

/** Chooses one of what a search finds. */
export function FoundSelect({ name, search, named, beside, value, ...props }: FoundSelectProps) {
  const [typed, setTyped] = useState('')
  const q = useLater(typed.trim())
  const found = useQuery({
    queryKey: ['found', name, q],
    queryFn: ({ signal }) => search(q, signal),
  })
  const options = [...(beside?.(typed.trim()) ?? []), ...(found.data ?? [])]
  if (value && !options.some((one) => one.value === value)) {
    options.unshift({ value, label: named(value) })
  }
  return (
    <Select
      {...(props.id && { id: props.id })}
      className="qf-wide"
      aria-label={props.label}
      placeholder={props.placeholder}
      allowClear
      popupMatchSelectWidth={false}
      showSearch={{ searchValue: typed, onSearch: setTyped, filterOption: false }}
      loading={found.isFetching}
      options={options}
      value={value ?? null}
      onChange={(chosen) => props.onChange?.(chosen ?? undefined)}
    />
  )
}
