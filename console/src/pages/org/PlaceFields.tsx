import { Form, Input, Select } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { useWords } from './dictionaries'

/** What is on record about a place. */
export function PlaceFields() {
  const t = useT()
  const words = useWords()
  return (
    <>
      <Form.Item name="unit_id" label={t('所属科室或机构', 'Department or institution')} required>
        <OrgPicker />
      </Form.Item>
      <Form.Item name="kind" label={t('种类', 'Kind')} required>
        <Select options={words.options('place_kinds')} />
      </Form.Item>
      <Form.Item name="name" label={t('名称', 'Name')} required>
        <Input maxLength={limits.OrgNewPlace.name} />
      </Form.Item>
      <Form.Item name="location" label={t('位置', 'Where it is')}>
        <Input maxLength={limits.OrgNewPlace.location} />
      </Form.Item>
    </>
  )
}
