import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { auditName } from '@/pages/system/auditWords'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import './account.css'

/** What others did to one's account: a reset that nobody asked for is seen here. */
export function DeedsSection() {
  const t = useT()
  const deeds = useQuery({
    queryKey: ['account', 'deeds'],
    queryFn: async ({ signal }) => (await read(api.GET('/api/v1/session/deeds', { signal }))).items,
  })
  return (
    <Section title={t('他人对本账号的操作', 'What others did to this account')}>
      {deeds.error && <ProblemAlert error={deeds.error} onRetry={deeds.refetch} />}
      {deeds.data?.map((deed) => (
        <div className="qf-row" key={deed.at + deed.action}>
          <div>
            <strong>{t(auditName(deed.action, {}))}</strong>
            {deed.reason && <span> · {deed.reason}</span>}
            <div className="qf-faint">
              {deed.by || t('系统', 'The program')} · <When at={deed.at} />
            </div>
          </div>
        </div>
      ))}
      {deeds.data && (
        <p className="qf-faint">
          {deeds.data.length === 0
            ? t('一年内没有。', 'None within a year.')
            : t(
                '如有不是您要求的操作，请立即告知审计管理员。',
                'If you did not ask for one of these, tell an audit administrator at once.',
              )}
        </p>
      )}
    </Section>
  )
}
