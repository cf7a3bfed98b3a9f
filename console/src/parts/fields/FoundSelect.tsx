import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { useLater } from '@/time/useLater'
import { forNow, nameForNow, useSupplies } from './supplies'

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
  const taken = useTaken(name, typed.trim(), beside === undefined)
  const options = [...(beside?.(typed.trim()) ?? []), ...(found.data ?? taken.options)]
  if (value && !options.some((one) => one.value === value)) {
    options.unshift({ value, label: taken.named(value) ?? named(value) })
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

/** What is offered without a network: what was taken along, or the name that is typed, for now. */
function useTaken(search: string, typed: string, strict: boolean) {
  const t = useT()
  const { names } = useSupplies()
  const supply = names?.[search]
  const waits = (name: string) => t(`${name}（联网后核对）`, `${name} (looked up later)`)
  const options: Found[] = (supply ?? [])
    .filter(({ name }) => name.includes(typed))
    .map(({ id, name }) => ({ value: id, label: name }))
  if (names && strict && typed !== '') {
    options.push({ value: nameForNow(typed.slice(0, 50)), label: waits(typed.slice(0, 50)) })
  }
  const named = (value: string): ReactNode => {
    const now = forNow(value)
    return now === undefined ? supply?.find(({ id }) => id === value)?.name : waits(now)
  }
  return { options, named }
}
