import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useT } from '@/i18n/useT'
import { FoundSelect } from '@/parts/fields/FoundSelect'
import { personQuery, staffQuery } from './caseApi'

interface StaffSelectProps {
  id?: string
  value?: string
  onChange?: (person: string | undefined) => void
}

/** Chooses a person of the own scope by name. */
export function StaffSelect(props: StaffSelectProps) {
  const t = useT()
  const client = useQueryClient()
  const search = async (q: string) =>
    (await client.fetchQuery(staffQuery(q))).map((person) => ({
      value: person.id,
      label: [person.name, person.title, person.unit_name].filter(Boolean).join(' · '),
    }))
  return (
    <FoundSelect
      {...props}
      name="case.staff"
      placeholder={t('输入姓名查找', 'Type a name to look for')}
      search={search}
      named={(id) => <StaffName id={id} />}
    />
  )
}

function StaffName({ id }: { id: string }) {
  return useQuery(personQuery(id)).data?.name ?? '…'
}
