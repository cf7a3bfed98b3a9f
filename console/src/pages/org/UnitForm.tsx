import { Form, Input, Select } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { ContactFields } from './ContactFields'
import { useWords } from './dictionaries'
import { NodePicker } from './NodePicker'

type NewUnit = Schemas['OrgNewUnit']

/** Adds a commission, an agency or a department. */
export function UnitForm({ url }: { url: UrlForm }) {
  const t = useT()
  const words = useWords()
  return (
    <FormDrawer<NewUnit, unknown>
      name="org.unit.new"
      title={t('新增机构', 'Add a unit')}
      url={url}
      submit={(body) => read(api.POST('/api/v1/org/units', { body }))}
    >
      <Form.Item
        name="kind"
        label={t('种类', 'Kind')}
        required
        extra={t('医疗机构请在“医疗机构”页新增。', 'Institutions are added on their own page.')}
      >
        <Select
          options={words.options('unit_kinds').filter((one) => one.value !== 'institution')}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'agency' && (
            <Form.Item name="subkind" label={t('部门类别', 'Kind of agency')} required>
              <Select options={words.options('agency_kinds')} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item
        name="parent"
        label={t('上级', 'Below')}
        required
        extra={t(
          '科室选所属医疗机构，其他选地区。',
          'The institution of a department; otherwise the region.',
        )}
      >
        <NodePicker />
      </Form.Item>
      <Form.Item name="name" label={t('名称', 'Name')} required>
        <Input maxLength={limits.OrgNewUnit.name} />
      </Form.Item>
      <ContactFields />
    </FormDrawer>
  )
}
