import { Form, Input } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'

/** What is kept about a person besides name and unit. */
export function PersonFields() {
  const t = useT()
  return (
    <>
      <Form.Item name="title" label={t('职务', 'Position')}>
        <Input maxLength={limits.OrgNewStaff.title} />
      </Form.Item>
      <Form.Item name="employee_no" label={t('工号', 'Employee number')}>
        <Input maxLength={limits.OrgNewStaff.employee_no} />
      </Form.Item>
      <Form.Item name="phone" label={t('电话', 'Telephone')}>
        <Input maxLength={limits.OrgNewStaff.phone} inputMode="tel" />
      </Form.Item>
      <Form.Item name="email" label={t('邮箱', 'E-mail')}>
        <Input maxLength={limits.OrgNewStaff.email} inputMode="email" />
      </Form.Item>
    </>
  )
}
