import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useUser } from '@/api/session'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Page } from '@/parts/Page'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { useUrlForm } from '@/url/useUrlForm'
import { DeedsSection } from './DeedsSection'
import { FactorsSection } from './FactorsSection'
import { factorsQuery } from './factors'
import { SessionsSection } from './SessionsSection'

/** One's own account: password, second step, sessions. */
export default function AccountPage() {
  const t = useT()
  const user = useUser()
  const password = useUrlForm('password')
  const factors = useQuery(factorsQuery)
  return (
    <Page
      title={t('我的账号', 'My account')}
      actions={<Button onClick={() => password.show()}>{t('修改密码', 'Change password')}</Button>}
    >
      <div className="qf-stack">
        <Section title={t('基本情况', 'On record')}>
          <Facts
            facts={[
              { label: t('姓名', 'Name'), value: user?.name },
              { label: t('用户名', 'User name'), value: user?.username },
              { label: t('单位', 'Unit'), value: user?.unit },
              {
                label: t('角色', 'Roles'),
                value: user?.roles?.map((role) => t(role.name)).join('、') || '—',
              },
            ]}
          />
        </Section>
        {factors.error && <ProblemAlert error={factors.error} onRetry={factors.refetch} />}
        {factors.data ? <FactorsSection factors={factors.data} /> : <Skeleton active />}
        <SessionsSection />
        <DeedsSection />
      </div>
    </Page>
  )
}
