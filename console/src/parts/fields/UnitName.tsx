import { useQuery } from '@tanstack/react-query'
import { named } from './unitQueries'

/** The name of an organisation of which only the id is known. */
export function UnitName({ id }: { id: string }) {
  const { data } = useQuery(named(id ? [id] : []))
  return data?.find((unit) => unit.id === id)?.name ?? '…'
}
