import { Form, Input, InputNumber, Select } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { DateField } from '@/parts/fields/DateField'
import { useWords } from './dictionaries'

/** The fields of an institution's licence. */
export function ProfileFields() {
  const t = useT()
  const words = useWords()
  return (
    <>
      <Form.Item name="level" label={t('等级', 'Level')}>
        <Select allowClear options={words.options('levels')} />
      </Form.Item>
      <Form.Item name="ownership" label={t('所有制', 'Ownership')}>
        <Select allowClear options={words.options('ownerships')} />
      </Form.Item>
      <Form.Item name="nature" label={t('性质', 'Nature')}>
        <Select allowClear options={words.options('natures')} />
      </Form.Item>
      <Form.Item name="beds" label={t('床位', 'Beds')}>
        <InputNumber min={0} max={99_999} />
      </Form.Item>
      <Form.Item name="legal_rep" label={t('法定代表人', 'Legal representative')}>
        <Input maxLength={limits.OrgNewInstitution.legal_rep} />
      </Form.Item>
      <Form.Item name="principal" label={t('主要负责人', 'Head')}>
        <Input maxLength={limits.OrgNewInstitution.principal} />
      </Form.Item>
      <Form.Item name="licence" label={t('许可证号', 'Licence')}>
        <Input maxLength={limits.OrgNewInstitution.licence} />
      </Form.Item>
      <Form.Item name="licence_until" label={t('许可证有效期至', 'Licence valid until')}>
        <DateField />
      </Form.Item>
    </>
  )
}
