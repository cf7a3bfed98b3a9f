import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { SessionFacts } from '@/pages/account/SessionFacts'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import type { Person } from './PersonPage'
import '@/pages/account/account.css'

/** How a person's account is secured, for the security administrator. */
export function SafetySection({ person }: { person: Person }) {
  const t = useT()
  const client = useQueryClient()
  const [asking, setAsking] = useState<'factors' | 'sessions'>()
  const path = { id: person.id }
  const queryKey = ['org', 'safety', person.id]
  const safety = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/org/staff/{id}/safety', { params: { path }, signal })),
  })
  const confirm = async (reason: string) => {
    const sent = { params: { path }, body: { reason } }
    if (asking === 'factors') await api.POST('/api/v1/org/staff/{id}/factors/reset', sent)
    else await api.POST('/api/v1/org/staff/{id}/sessions/end', sent)
    client.invalidateQueries({ queryKey })
  }
  if (safety.error) return <ProblemAlert error={safety.error} onRetry={safety.refetch} />
  if (!safety.data) return <Skeleton active />
  const { code, passkeys, recovery, required, sessions, identities } = safety.data
  const some = code || passkeys.length > 0
  const words = {
    factors: [
      t('重置第二重验证', 'Reset the second step'),
      t(
        '动态口令、通行密钥和恢复码全部作废，并退出所有登录。请先当面或电话核实本人身份。',
        'Codes, passkeys and recovery codes stop working, and the person is signed out. First make sure who is asking.',
      ),
    ],
    sessions: [
      t('结束全部登录', 'Sign out everywhere'),
      t('此人在所有设备上立即退出。', 'The person is signed out on every device at once.'),
    ],
  } as const
  return (
    <Section
      title={t('账号安全', 'Account security')}
      extra={
        <>
          {some && (
            <Button size="small" danger type="text" onClick={() => setAsking('factors')}>
              {words.factors[0]}
            </Button>
          )}
          {sessions.length > 0 && (
            <Button size="small" danger type="text" onClick={() => setAsking('sessions')}>
              {words.sessions[0]}
            </Button>
          )}
        </>
      }
    >
      <Facts
        facts={[
          {
            label: t('动态口令', 'Codes'),
            value: code ? t('已绑定', 'Set up') : t('未绑定', 'None'),
          },
          { label: t('通行密钥', 'Passkeys'), value: passkeys.length },
          { label: t('恢复码', 'Recovery codes'), value: recovery },
          {
            label: t('角色要求第二重验证', 'Asked for by a role'),
            value: required ? t('是', 'Yes') : t('否', 'No'),
          },
          {
            label: t('单点登录', 'Single sign-on'),
            value: identities.length > 0 ? t('已关联', 'Linked') : t('未关联', 'Not linked'),
          },
        ]}
      />
      {sessions.map((one) => (
        <div className="qf-row" key={one.id}>
          <SessionFacts session={one} />
        </div>
      ))}
      {asking && (
        <ConfirmReason
          name={`org.safety.${asking}.${person.id}`}
          title={words[asking][0]}
          question={words[asking][1]}
          reason="required"
          danger
          confirm={confirm}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Section>
  )
}
