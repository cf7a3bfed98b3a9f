import { useQuery } from '@tanstack/react-query'
import { Button, Form, Select, Table } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { NodePicker } from './NodePicker'
import type { Person } from './PersonPage'
import { revokeGrant, rolesQuery } from './roles'

type Held = Schemas['OrgHeld']

/** The roles of a person, held and revoked. */
export function RolesSection({ person }: { person: Person }) {
  const t = useT()
  const can = useCan()
  const granting = useUrlForm('grant')
  const [revoking, setRevoking] = useState<Held>()
  const grants = can('role.grant') && !person.closed_at
  return (
    <Section
      title={t('角色', 'Roles')}
      extra={
        grants && (
          <Button size="small" type="primary" onClick={() => granting.show()}>
            {t('授予角色', 'Grant a role')}
          </Button>
        )
      }
    >
      <Table<Held>
        size="small"
        className="qf-table"
        rowKey="id"
        dataSource={person.grants ?? []}
        pagination={false}
        locale={{ emptyText: t('没有角色', 'No roles') }}
        columns={[
          { key: 'role', title: t('角色', 'Role'), render: (_, held) => t(held.role_name) },
          {
            key: 'node',
            title: t('范围', 'Where'),
            render: (_, held) => held.node_name || t('全部', 'Everywhere'),
          },
          {
            key: 'at',
            title: t('授予时间', 'Granted'),
            render: (_, held) => <When at={held.granted_at} />,
          },
          {
            key: 'state',
            title: t('状态', 'State'),
            render: (_, held) =>
              held.revoked_at ? (
                <StateTag>{t('已收回', 'Revoked')}</StateTag>
              ) : (
                <StateTag tone="good">{t('有效', 'Held')}</StateTag>
              ),
          },
          {
            key: 'revoke',
            title: '',
            render: (_, held) =>
              grants &&
              !held.revoked_at && (
                <Button size="small" danger onClick={() => setRevoking(held)}>
                  {t('收回', 'Revoke')}
                </Button>
              ),
          },
        ]}
      />
      <GrantForm person={person} url={granting} />
      {revoking && (
        <ConfirmReason
          name={`org.revoke.${revoking.id}`}
          title={t('收回角色', 'Revoke the role')}
          question={t(
            `收回 ${person.name} 的“${revoking.role_name.zh}”？`,
            `Take ${revoking.role_name.en} back from ${person.name}?`,
          )}
          reason="required"
          danger
          confirm={(reason) => revokeGrant(revoking.id, reason)}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </Section>
  )
}

function GrantForm({ person, url }: { person: Person; url: UrlForm }) {
  const t = useT()
  const roles = useQuery(rolesQuery(person.id))
  return (
    <FormDrawer<Schemas['OrgNewGrant'], unknown>
      name={`org.grant.${person.id}`}
      title={t('授予角色', 'Grant a role')}
      url={url}
      initial={{ path: person.unit_path }}
      submit={(body) =>
        read(
          api.POST('/api/v1/org/staff/{id}/grants', {
            params: { path: { id: person.id } },
            body,
          }),
        )
      }
    >
      <Form.Item name="role" label={t('角色', 'Role')} required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(roles.data ?? []).map((role) => ({
            value: role.key,
            label: `${t(role.name)} — ${t(role.text)}`,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="path"
        label={t('范围', 'Where')}
        required
        extra={t('在这里以及以下各级都有效。', 'It holds there and everywhere below.')}
      >
        <NodePicker by="path" everywhere />
      </Form.Item>
    </FormDrawer>
  )
}
