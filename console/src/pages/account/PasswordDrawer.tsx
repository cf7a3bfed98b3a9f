import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { changePassword, sessionQuery, type User } from '@/api/session'
import { useT } from '@/i18n/useT'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { useUrlForm } from '@/url/useUrlForm'
import { PasswordFields } from './PasswordFields'
import { type Passwords, secretFields } from './passwords'

/** Changes the password, from the user menu. */
export function PasswordDrawer() {
  const t = useT()
  const { message } = App.useApp()
  const client = useQueryClient()
  const done = (user: User) => {
    client.setQueryData(sessionQuery.queryKey, user)
    message.success(t('密码已修改', 'Your password has been changed'))
  }
  return (
    <FormDrawer<Passwords, User>
      name="password"
      title={t('修改密码', 'Change password')}
      url={useUrlForm('password')}
      width={420}
      secret={secretFields}
      submit={changePassword}
      submitLabel={t('修改', 'Change')}
      onDone={done}
    >
      <PasswordFields />
    </FormDrawer>
  )
}
