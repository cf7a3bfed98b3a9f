import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { FoundSelect } from '@/parts/fields/FoundSelect'

/** A colleague by identifier, or anybody by name. */
export interface Person {
  staff?: string
  name?: string
}

interface PersonFieldProps {
  id?: string
  value?: Person | undefined
  onChange?: (person: Person | undefined) => void
}

const free = 'name:'

/** Chooses a colleague, or takes the name that was typed. */
export function PersonField({ id, value, onChange }: PersonFieldProps) {
  const t = useT()
  return (
    <FoundSelect
      id={id}
      name="staff"
      placeholder={t('输入姓名查找，或直接填写', 'Type a name to look for, or to use')}
      value={value?.staff ?? (value?.name && free + value.name)}
      onChange={(chosen) => onChange?.(chosen === undefined ? undefined : personOf(chosen))}
      search={search}
      named={(chosen) =>
        chosen.startsWith(free) ? chosen.slice(free.length) : <StaffName id={chosen} />
      }
      beside={(typed) =>
        typed === ''
          ? []
          : [{ value: free + typed, label: t(`填写姓名“${typed}”`, `Use the name "${typed}"`) }]
      }
    />
  )
}

function personOf(chosen: string): Person {
  return chosen.startsWith(free) ? { name: chosen.slice(free.length) } : { staff: chosen }
}

async function search(q: string, signal: AbortSignal) {
  const query = { limit: 20, ...(q && { q }) }
  const found = await read(api.GET('/api/v1/org/staff', { params: { query }, signal }))
  return found.items.map((one) => ({
    value: one.id,
    label: [one.name, one.title, one.unit_name].filter(Boolean).join(' · '),
  }))
}

/** The name of a colleague of whom only the identifier is known. */
export function StaffName({ id }: { id: string }) {
  const person = useQuery({
    queryKey: ['org', 'staff', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/org/staff/{id}', { params: { path: { id } }, signal })),
  })
  if (person.data) return person.data.name
  return person.isError ? '—' : '…'
}
