import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { changePassword, sessionQuery, type User } from '@/api/session'
import { useLogOut } from '@/app/useLogOut'
import { useT } from '@/i18n/useT'
import { EntryPage } from '@/pages/login/EntryPage'
import { ActionForm } from '@/parts/form/ActionForm'
import { PasswordFields } from './PasswordFields'
import { type Passwords, secretFields } from './passwords'

/** Stands before everything else while the password is one that somebody else has set. */
export function FirstPassword() {
  const t = useT()
  const client = useQueryClient()
  const logOut = useLogOut()
  return (
    <EntryPage title={t('请先设置自己的密码', 'Please choose a password of your own')}>
      <p>
        {t(
          '现在的密码是管理员设置的，换成只有您知道的密码后才能继续。',
          'The present one was set by an administrator. Replace it by one that only you know.',
        )}
      </p>
      <ActionForm<Passwords, User>
        name="first-password"
        secret={secretFields}
        submit={changePassword}
        submitLabel={t('设置密码并继续', 'Set and go on')}
        onDone={(user) => client.setQueryData(sessionQuery.queryKey, user)}
      >
        <PasswordFields />
      </ActionForm>
      <Button type="link" onClick={logOut}>
        {t('退出登录', 'Sign out')}
      </Button>
    </EntryPage>
  )
}
