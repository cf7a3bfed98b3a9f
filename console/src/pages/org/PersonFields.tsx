import { Form, Input } from 'antd'
import { useT } from '@/i18n/useT'

/** What is kept about a person besides name and unit. */
export function PersonFields() {
  const t = useT()
  return (
    <>
      <Form.Item name="title" label={t('职务', 'Position')}>
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item name="employee_no" label={t('工号', 'Employee number')}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="phone" label={t('电话', 'Telephone')}>
        <Input maxLength={40} inputMode="tel" />
      </Form.Item>
      <Form.Item name="email" label={t('邮箱', 'E-mail')}>
        <Input maxLength={100} inputMode="email" />
      </Form.Item>
    </>
  )
}
