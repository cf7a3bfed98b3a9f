import { Form, Input } from 'antd'
import { useT } from '@/i18n/useT'

/** The old and the new password. */
export function PasswordFields() {
  const t = useT()
  return (
    <>
      <Form.Item name="old" label={t('现在的密码', 'Current password')} required>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="new"
        label={t('新密码', 'New password')}
        required
        extra={t(
          '建议用几个不相关的词连成一句，好记又难猜。',
          'A few unrelated words are easy to remember and hard to guess.',
        )}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  )
}
