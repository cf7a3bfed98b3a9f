import { Form, Input } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'

/** What a passkey is called. */
export function PasskeyName() {
  const t = useT()
  return (
    <Form.Item
      name="name"
      label={t('名称', 'Name')}
      required
      extra={t('如：办公室电脑、我的手机。', 'Such as: office computer, my telephone.')}
    >
      <Input maxLength={limits.OrgNewPasskey.name} autoComplete="off" />
    </Form.Item>
  )
}
