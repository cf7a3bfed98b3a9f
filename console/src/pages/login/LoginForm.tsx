import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Divider } from 'antd'
import { useState } from 'react'
import { knowsPasskeys } from '@/api/passkey'
import { type Entered, logInByPasskey, owedStep, type User, waysQuery } from '@/api/session'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Drafts } from '@/parts/form/draft'
import { FirstStep } from './FirstStep'
import { SecondStep } from './SecondStep'

interface LoginFormProps {
  onDone: (user: User) => void
  /** The first step was taken elsewhere, by single sign-on. */
  second?: boolean
}

/** Signing in: a password and, where there is one, the second step; or a passkey for both. */
export function LoginForm({ onDone, second = false }: LoginFormProps) {
  const t = useT()
  const [entered, setEntered] = useState<Entered>()
  const ways = useQuery(waysQuery)
  const owed = useQuery({ queryKey: ['owed-step'], queryFn: owedStep, enabled: second, gcTime: 0 })
  const go = (next: Entered) => {
    if (!next.user) return setEntered(next)
    new Drafts(next.user.id).dropOthers()
    onDone(next.user)
  }
  const passkey = useMutation({ mutationFn: logInByPasskey, onSuccess: go })
  const step = entered?.second ?? owed.data
  if (step) return <SecondStep ways={step} onDone={go} onBack={() => location.reload()} />
  const withPasskey = ways.data?.passkey && knowsPasskeys()
  return (
    <>
      <FirstStep onDone={go} />
      {(withPasskey || ways.data?.sso) && <Divider plain>{t('或', 'or')}</Divider>}
      <div className="qf-login-ways">
        {passkey.error && <ProblemAlert error={passkey.error} />}
        {withPasskey && (
          <Button
            size="large"
            block
            loading={passkey.isPending}
            onClick={() => passkey.mutate(undefined)}
          >
            {t('使用通行密钥登录', 'Use a passkey')}
          </Button>
        )}
        {ways.data?.sso && (
          <Button size="large" block href="/sso/login">
            {t(`使用${ways.data.sso}登录`, `Go on with ${ways.data.sso}`)}
          </Button>
        )}
      </div>
    </>
  )
}
