import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { endSession, openSessions } from '@/api/account'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import './account.css'

const queryKey = ['sessions']

/** The browsers in which the person is signed in, each with a button that signs it out. */
export function SessionsList() {
  const t = useT()
  const client = useQueryClient()
  const sessions = useQuery({ queryKey, queryFn: openSessions })
  const ending = useMutation({
    mutationFn: endSession,
    onSuccess: () => client.invalidateQueries({ queryKey }),
  })
  if (sessions.isPending) return <Skeleton active />
  const error = sessions.error ?? ending.error
  return (
    <>
      {error && <ProblemAlert error={error} onRetry={sessions.refetch} />}
      <p className="qf-faint">
        {t(
          '有不认识的设备？请让它下线，并修改密码。',
          'Is there one that you do not know? Sign it out and change your password.',
        )}
      </p>
      <ul className="qf-sessions">
        {sessions.data?.map((session) => (
          <li key={session.id}>
            <div>
              {session.device}{' '}
              {session.current && <StateTag tone="good">{t('本机', 'This one')}</StateTag>}
              <div className="qf-faint">
                {t('最近使用', 'Last used')} <When at={session.last_seen_at} />
              </div>
            </div>
            {!session.current && (
              <Button
                size="small"
                danger
                loading={ending.isPending && ending.variables === session.id}
                onClick={() => ending.mutate(session.id)}
              >
                {t('下线', 'Sign out')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
