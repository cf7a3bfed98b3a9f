import { Form, Input } from 'antd'
import { useT } from '@/i18n/useT'

/** The fields by which the public finds a unit. */
export function ContactFields() {
  const t = useT()
  return (
    <>
      <Form.Item name="short_name" label={t('简称', 'Short name')}>
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item name="phone" label={t('电话', 'Telephone')}>
        <Input maxLength={40} inputMode="tel" />
      </Form.Item>
      <Form.Item name="hours" label={t('服务时间', 'Service hours')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="address" label={t('地址', 'Address')}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}
