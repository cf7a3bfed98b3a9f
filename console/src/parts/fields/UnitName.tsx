import { useQuery } from '@tanstack/react-query'
import { unit } from '@/api/units'

/** The name of a unit of which only the identifier is known. */
export function UnitName({ id }: { id: string }) {
  const found = useQuery(unit(id))
  if (found.data) return found.data.name
  // A unit that the person may not see stays nameless.
  return found.isError ? '—' : '…'
}
