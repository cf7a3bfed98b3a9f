import { Form, Input } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { StaffSelect } from '@/pages/cases/StaffSelect'
import { NodePicker } from '@/pages/org/NodePicker'
import type { Schemas } from '@/pages/system/schemas'
import { DateField } from '@/parts/fields/DateField'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import type { Officer } from './inspectionApi'

interface OfficerFormProps {
  url: UrlForm
  /** Whom it changes; otherwise it adds somebody. */
  officer?: Officer
}

/** Puts somebody on the library of inspectors, or changes what it says, such as a renewed certificate. */
export function OfficerForm({ url, officer }: OfficerFormProps) {
  const t = useT()
  return (
    <FormDrawer<Schemas['InspectionOfficerInput'], unknown>
      name={`inspection.officer.${officer?.id ?? ''}`}
      title={
        officer ? t('修改检查人员', 'Change the inspector') : t('新增检查人员', 'Add an inspector')
      }
      url={url}
      {...(officer && { initial: officerValues(officer) })}
      submit={({ name = '', agency = '', ...rest }) => {
        const body = { ...rest, name, agency }
        if (!officer) return read(api.POST('/api/v1/inspection/officers', { body }))
        const params = { path: { id: officer.id } }
        return read(api.POST('/api/v1/inspection/officers/{id}', { params, body }))
      }}
    >
      <Form.Item
        name="staff_id"
        label={t('系统账号', 'Account')}
        extra={t(
          '有账号的人自己录入检查结果；外单位的人留空。',
          'Who has one enters results; leave it empty for others.',
        )}
      >
        <StaffSelect />
      </Form.Item>
      <Form.Item noStyle dependencies={['staff_id']}>
        {({ getFieldValue }) =>
          !getFieldValue('staff_id') && (
            <>
              <Form.Item name="name" label={t('姓名', 'Name')} required>
                <Input maxLength={limits.InspectionOfficerInput.name} />
              </Form.Item>
              <Form.Item name="agency" label={t('单位', 'Agency')} required>
                <Input maxLength={limits.InspectionOfficerInput.agency} />
              </Form.Item>
            </>
          )
        }
      </Form.Item>
      <Form.Item name="district" label={t('地区', 'Region')} required>
        <NodePicker />
      </Form.Item>
      <Form.Item name="cert_no" label={t('执法证号', 'Certificate')} required>
        <Input maxLength={limits.InspectionOfficerInput.cert_no} />
      </Form.Item>
      <Form.Item name="cert_until" label={t('有效期至', 'Valid until')}>
        <DateField />
      </Form.Item>
    </FormDrawer>
  )
}

function officerValues(officer: Officer): Partial<Schemas['InspectionOfficerInput']> {
  const { staff_id, name, agency, district, cert_no, cert_until } = officer
  return {
    ...(staff_id && { staff_id }),
    name,
    agency,
    district,
    cert_no,
    ...(cert_until && { cert_until: cert_until.slice(0, 10) }),
  }
}
