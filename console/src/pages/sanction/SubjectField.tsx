import { Form, Input, Radio } from 'antd'
import { useT } from '@/i18n/useT'
import { InstitutionPicker } from '@/parts/fields/InstitutionPicker'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { useDictionary } from './sanctionApi'

/** Who is punished: an institution, a practitioner of one, or another person. */
export function SubjectField() {
  const t = useT()
  const { kinds } = useDictionary()
  const kind = Form.useWatch(['subject', 'kind'])
  return (
    <>
      <Form.Item name={['subject', 'kind']} label={t('对象类型', 'Kind of subject')} required>
        <Radio.Group
          options={(kinds ?? []).map((one) => ({ value: one.code, label: t(one.name) }))}
        />
      </Form.Item>
      {kind && kind !== 'institution' && (
        <Form.Item name={['subject', 'name']} label={t('姓名', 'Name')} required>
          <Input />
        </Form.Item>
      )}
      {kind === 'practitioner' && (
        <Form.Item
          name={['subject', 'certificate']}
          label={t('执业证书编号', 'Certificate number')}
          required
        >
          <Input />
        </Form.Item>
      )}
      {(kind === 'institution' || kind === 'practitioner') && (
        <Form.Item
          name={['subject', 'unit_id']}
          label={kind === 'institution' ? t('机构', 'Institution') : t('执业机构', 'Practises at')}
          required
        >
          <InstitutionPicker />
        </Form.Item>
      )}
      {kind === 'person' && (
        <Form.Item
          name={['subject', 'certificate']}
          label={t('证件编号', 'Certificate number')}
          extra={t('同名的人凭它区分；没有可不填。', 'It tells namesakes apart; may be empty.')}
        >
          <Input />
        </Form.Item>
      )}
      {kind === 'person' && (
        <Form.Item name={['subject', 'region']} label={t('所在地区', 'Region')} required>
          <OrgPicker regions />
        </Form.Item>
      )}
    </>
  )
}
