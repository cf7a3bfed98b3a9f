import { useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { changePerson, useUser } from '@/api/session'
import { useT } from '@/i18n/useT'
import { placeOf } from '@/url/address'
import { single } from '@/url/params'
import { Redirect } from '@/url/Redirect'
import { useUrlParams } from '@/url/useUrlParams'
import { EntryPage } from './EntryPage'
import { LoginForm } from './LoginForm'

/** Signing in; afterwards the person is back on the page that asked for it. */
export function LoginPage() {
  const t = useT()
  const [params] = useUrlParams()
  const user = useUser()
  const client = useQueryClient()
  const back = placeOf(single(params.return) ?? '') ?? { to: '/', search: {} }
  if (user) return <Redirect {...back} />
  return (
    <EntryPage title={t('登录', 'Sign in')}>
      {back.to !== '/' && (
        <Alert
          type="info"
          showIcon
          title={t(
            '请登录后继续，您会回到原来的页面，没有提交的内容还在。',
            'Please sign in to go on. You will be back where you were, with your unsent input.',
          )}
        />
      )}
      <LoginForm
        second={single(params.step) === 'second'}
        onDone={(user) => changePerson(client, user)}
      />
    </EntryPage>
  )
}
