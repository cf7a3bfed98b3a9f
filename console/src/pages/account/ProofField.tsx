import { Form, Input } from 'antd'
import { useT } from '@/i18n/useT'

/** The password once more, so that nobody settles in an account that was left open. */
export function ProofField() {
  const t = useT()
  return (
    <Form.Item name="password" label={t('请再输入一次密码', 'Your password once more')} required>
      <Input.Password autoComplete="current-password" />
    </Form.Item>
  )
}
