import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { useWords } from './dictionaries'
import { NodePicker } from './NodePicker'

/** Changes what is on record about a place; its code stays. */
export function PlaceEdit({ id, url }: { id: string; url: UrlForm }) {
  const t = useT()
  const words = useWords()
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
      <Form.Item name="unit_id" label={t('所属科室或机构', 'Department or institution')} required>
        <NodePicker />
      </Form.Item>
      <Form.Item name="kind" label={t('种类', 'Kind')} required>
        <Select options={words.options('place_kinds')} />
      </Form.Item>
      <Form.Item name="name" label={t('名称', 'Name')} required>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="location" label={t('位置', 'Where it is')}>
        <Input maxLength={100} />
      </Form.Item>
    </FormDrawer>
  )
}
