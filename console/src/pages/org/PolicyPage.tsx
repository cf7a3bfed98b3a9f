import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Form, InputNumber, Select, Skeleton } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { LongText } from '@/parts/fields/LongText'
import { ActionForm } from '@/parts/form/ActionForm'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { InnerLink } from '@/url/InnerLink'
import { rolesQuery } from './roles'

type Policy = Schemas['OrgPolicy']
type NewPolicy = Schemas['OrgNewPolicy']

/** What accounts are held to: the second step by role, and when an account sleeps. */
export default function PolicyPage() {
  const t = useT()
  const policy = useQuery({
    queryKey: ['org', 'policy'],
    queryFn: ({ signal }) => read(api.GET('/api/v1/org/policy', { signal })),
  })
  return (
    <Page title={t('账号安全', 'Account security')}>
      {policy.error && <ProblemAlert error={policy.error} onRetry={policy.refetch} />}
      {policy.data ? (
        <PolicyForm key={JSON.stringify(policy.data)} policy={policy.data} />
      ) : (
        <Skeleton active />
      )}
    </Page>
  )
}

function PolicyForm({ policy }: { policy: Policy }) {
  const t = useT()
  const client = useQueryClient()
  const { message } = App.useApp()
  const roles = useQuery(rolesQuery())
  const { factor_roles, dormant_days, link_hours } = policy
  return (
    <div className="qf-stack">
      <Section title={t('对账号的要求', 'What accounts are held to')}>
        <ActionForm<NewPolicy, Policy>
          name="org.policy"
          initial={{ factor_roles, dormant_days, link_hours }}
          submit={(body) => read(api.POST('/api/v1/org/policy', { body }))}
          submitLabel={t('保存', 'Save')}
          onDone={() => {
            message.success(t('已保存，下次登录时生效', 'Saved; it holds from the next sign-in'))
            client.invalidateQueries({ queryKey: ['org', 'policy'] })
          }}
        >
          <Form.Item
            name="factor_roles"
            label={t('必须使用第二重验证的角色', 'Roles that need a second step')}
            extra={t(
              '持有这些角色的人下次登录时须先绑定动态口令或通行密钥，才能办理业务。等级保护三级要求管理员使用两种鉴别方式。',
              'Whoever holds one of them sets up codes or a passkey at the next sign-in before anything else.',
            )}
          >
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              options={(roles.data ?? []).map((role) => ({ value: role.key, label: t(role.name) }))}
            />
          </Form.Item>
          <Form.Item
            name="dormant_days"
            label={t('多少天未登录即休眠', 'Days without signing in until an account sleeps')}
            extra={t(
              '0 为不休眠。休眠前 7 天通知本人；休眠后由安全管理员恢复，角色不变。',
              '0 for never. The owner is told a week before; a security administrator wakes it, with its roles.',
            )}
          >
            <InputNumber min={0} max={3650} precision={0} />
          </Form.Item>
          <Form.Item
            name="link_hours"
            label={t(
              '用个人链接登录一次可用几小时',
              'Hours that a sign-in by a personal link lasts',
            )}
            extra={t(
              '社会监督员用个人链接和口令登录，到时须重新输入口令。',
              'Social supervisors sign in by a personal link and a PIN, and type the PIN again after that.',
            )}
          >
            <InputNumber min={1} max={12} precision={0} />
          </Form.Item>
          <Form.Item name="reason" label={t('理由', 'Reason')} required>
            <LongText />
          </Form.Item>
        </ActionForm>
      </Section>
      <p>
        <InnerLink to="/system/staff?dormant=true">
          {t('查看休眠账号', 'Sleeping accounts')}
        </InnerLink>
      </p>
    </div>
  )
}
