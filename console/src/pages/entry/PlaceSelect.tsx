import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'

interface PlaceSelectProps {
  id?: string
  institution: string
  value?: string
  onChange?: (place: string | undefined) => void
}

const most = 200

/** Chooses one of the places of an institution. */
export function PlaceSelect({ id, institution, value, onChange }: PlaceSelectProps) {
  const t = useT()
  const places = useQuery({
    queryKey: ['entry', 'places', institution],
    queryFn: async ({ signal }) => {
      const query = { below: institution, limit: most }
      return (await read(api.GET('/api/v1/org/places', { params: { query }, signal }))).items ?? []
    },
  })
  const known = places.data?.some((place) => place.id === value)
  return (
    <Select
      {...(id && { id })}
      allowClear
      placeholder={t('诊室、病区、窗口…', 'Clinic, ward, window …')}
      showSearch={{ optionFilterProp: 'label' }}
      loading={places.isFetching}
      options={(places.data ?? []).map((place) => ({
        value: place.id,
        label: [place.name, place.location].filter(Boolean).join(' · '),
      }))}
      // A place of the institution that was chosen before is none of this one.
      value={known ? value : null}
      onChange={(place) => onChange?.(place ?? undefined)}
    />
  )
}
