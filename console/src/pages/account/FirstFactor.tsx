import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { knowsPasskeys } from '@/api/passkey'
import { sessionQuery } from '@/api/session'
import { useLogOut } from '@/app/useLogOut'
import { useT } from '@/i18n/useT'
import { EntryPage } from '@/pages/login/EntryPage'
import type { Schemas } from '@/pages/system/schemas'
import { ActionForm } from '@/parts/form/ActionForm'
import { CodeEnrol } from './CodeEnrol'
import { addPasskey, factorsQuery, type PasskeyValues } from './factors'
import { PasskeyName } from './PasskeyName'
import { RecoveryCodes } from './RecoveryCodes'

/** Stands before everything else while a role asks for a second step that is not set up. */
export function FirstFactor() {
  const t = useT()
  const client = useQueryClient()
  const logOut = useLogOut()
  const factors = useQuery(factorsQuery)
  const [secret, setSecret] = useState<Schemas['AuthnSecret']>()
  const [codes, setCodes] = useState<string[]>()
  const goOn = () => client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  const begin = async () => setSecret(await read(api.POST('/api/v1/session/code', { body: {} })))
  const done = (shown: string[]) => (shown.length > 0 ? setCodes(shown) : goOn())
  return (
    <EntryPage title={t('设置第二重验证', 'Set up a second step')}>
      <p>
        {t(
          '您的角色要求登录时除密码外再验证一次，设置后才能继续。',
          'Your role asks for a second step of signing in. Set it up to go on.',
        )}
      </p>
      {secret ? (
        <CodeEnrol secret={secret} onDone={done} />
      ) : (
        <ActionForm<object, void>
          name="first-factor.code"
          submit={begin}
          submitLabel={t('用手机动态口令', 'Use codes of a telephone')}
        >
          {null}
        </ActionForm>
      )}
      {!secret && factors.data?.passkey && knowsPasskeys() && (
        <ActionForm<PasskeyValues, string[]>
          name="first-factor.passkey"
          submit={addPasskey}
          onDone={done}
          submitLabel={t('用这台设备的通行密钥', 'Use a passkey of this device')}
        >
          <PasskeyName />
        </ActionForm>
      )}
      <Button type="link" onClick={logOut}>
        {t('退出登录', 'Sign out')}
      </Button>
      {codes && <RecoveryCodes codes={codes} onClose={goOn} />}
    </EntryPage>
  )
}
