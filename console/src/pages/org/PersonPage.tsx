import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Page } from '@/parts/Page'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { AccountState } from './AccountState'
import { PersonActions } from './PersonActions'
import { RolesSection } from './RolesSection'
import { SafetySection } from './SafetySection'
import './org.css'

/** A person on record. */
export type Person = Schemas['OrgPersonDetail']

/** A person with the account and the roles. */
export default function PersonPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const person = useQuery({
    queryKey: ['org', 'person', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/org/staff/{id}', { params: { path: { id } }, signal })),
  })
  if (person.error) return <ProblemAlert error={person.error} onRetry={person.refetch} />
  if (!person.data) return <Skeleton active />
  return <PersonView person={person.data} />
}

function PersonView({ person }: { person: Person }) {
  const t = useT()
  const can = useCan()
  return (
    <Page title={person.name} actions={<PersonActions person={person} />}>
      <div className="qf-stack">
        <Section title={t('基本情况', 'On record')} extra={<AccountState person={person} />}>
          <Facts
            facts={[
              { label: t('单位', 'Unit'), value: person.unit_name },
              { label: t('职务', 'Position'), value: person.title || '—' },
              { label: t('工号', 'Employee number'), value: person.employee_no || '—' },
              { label: t('账号', 'Account'), value: person.username || '—' },
              { label: t('电话', 'Telephone'), value: person.phone || '—' },
              { label: t('邮箱', 'E-mail'), value: person.email || '—' },
              { label: t('最近登录', 'Last sign-in'), value: <When at={person.last_login_at} /> },
              {
                label: t('登记时间', 'On record since'),
                value: <When at={person.created_at} precision="date" />,
              },
            ]}
          />
        </Section>
        <RolesSection person={person} />
        {can('account.manage') && person.username && !person.masked && (
          <SafetySection person={person} />
        )}
      </div>
    </Page>
  )
}
