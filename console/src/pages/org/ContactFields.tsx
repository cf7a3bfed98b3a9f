import { Form, Input } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'

/** The fields by which the public finds a unit. */
export function ContactFields() {
  const t = useT()
  return (
    <>
      <Form.Item name="short_name" label={t('简称', 'Short name')}>
        <Input maxLength={limits.OrgNewUnit.short_name} />
      </Form.Item>
      <Form.Item name="phone" label={t('电话', 'Telephone')}>
        <Input maxLength={limits.OrgNewUnit.phone} inputMode="tel" />
      </Form.Item>
      <Form.Item name="hours" label={t('服务时间', 'Service hours')}>
        <Input maxLength={limits.OrgNewUnit.hours} />
      </Form.Item>
      <Form.Item name="address" label={t('地址', 'Address')}>
        <Input maxLength={limits.OrgNewUnit.address} />
      </Form.Item>
    </>
  )
}
