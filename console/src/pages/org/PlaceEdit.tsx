import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { PlaceFields } from './PlaceFields'

/** Changes what is on record about a place; its code stays. */
export function PlaceEdit({ id, url }: { id: string; url: UrlForm }) {
  const t = useT()
  const path = { id }
  const place = useQuery({
    queryKey: ['org', 'place', id],
    queryFn: ({ signal }) => read(api.GET('/api/v1/org/places/{id}', { params: { path }, signal })),
  }).data
  if (!place) return null
  const { unit_id, kind, name, location } = place
  return (
    <FormDrawer<Schemas['OrgPlaceChange'], unknown>
      name={`org.place.${id}`}
      title={t('修改地点', 'Change the place')}
      url={url}
      initial={{ unit_id, kind, name, location }}
      submit={(body) => read(api.PATCH('/api/v1/org/places/{id}', { params: { path }, body }))}
    >
      <PlaceFields />
    </FormDrawer>
  )
}
