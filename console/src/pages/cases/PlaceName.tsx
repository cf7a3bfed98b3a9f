import { UnitName } from '@/parts/fields/UnitName'

/** The name of the unit that a path ends with; a region is shown by its code. */
export function PlaceName({ path }: { path: string }) {
  const last = path.split('/').filter(Boolean).at(-1) ?? ''
  if (last === '' || /^\d{6}$/.test(last)) return last || '—'
  return <UnitName id={last} />
}
