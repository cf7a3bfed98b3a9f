import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { FoundSelect } from './FoundSelect'

interface PlacePickerProps {
  id?: string
  value?: string | undefined
  onChange?: (place: string | undefined) => void
}

/** Chooses one place by its name. */
export function PlacePicker(props: PlacePickerProps) {
  const t = useT()
  return (
    <FoundSelect
      {...props}
      name="place"
      placeholder={t('输入名称查找地点', 'Type a name to look for a place')}
      search={search}
      named={(id) => <PlaceName id={id} />}
    />
  )
}

async function search(q: string, signal: AbortSignal) {
  const query = { limit: 50, ...(q && { q }) }
  const found = await read(api.GET('/api/v1/org/places', { params: { query }, signal }))
  return found.items.map((one) => ({
    value: one.id,
    label: [one.name, one.location].filter(Boolean).join(' · '),
  }))
}

/** The name of a place of which only the identifier is known. */
export function PlaceName({ id }: { id: string }) {
  const place = useQuery({
    queryKey: ['org', 'place', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/org/places/{id}', { params: { path: { id } }, signal })),
  })
  if (place.data) return place.data.name
  return place.isError ? '—' : '…'
}
