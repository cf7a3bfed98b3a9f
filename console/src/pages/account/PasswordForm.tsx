import { App, Form, Input } from 'antd'
import { changePassword } from '@/api/account'
import { useT } from '@/i18n/useT'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { useUrlForm } from '@/url/useUrlForm'

interface Passwords {
  current: string
  next: string
}

/** Sets a new password; what is typed here is never kept. */
export function PasswordForm() {
  const t = useT()
  const { message } = App.useApp()
  const url = useUrlForm('password')
  return (
    <FormDrawer<Passwords, void>
      name="password"
      title={t('修改密码', 'Change password')}
      url={url}
      width={420}
      secret={['current', 'next']}
      submit={changePassword}
      submitLabel={t('修改', 'Change')}
      onDone={() => message.success(t('密码已修改', 'Your password has been changed'))}
    >
      <Form.Item name="current" label={t('现在的密码', 'Current password')} required>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t('新密码', 'New password')}
        required
        extra={t(
          '建议用几个不相关的词连成一句，好记又难猜。',
          'A few unrelated words are easy to remember and hard to guess.',
        )}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDrawer>
  )
}
