import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { type Role, revokeGrant, rolesQuery } from './roles'

const path = '/api/v1/org/grants'

type Grant = Schemas['OrgGrantLine']

/** Who holds which role where. */
export default function GrantsPage() {
  const t = useT()
  const roles = useQuery(rolesQuery())
  const [revoking, setRevoking] = useState<Grant>()
  return (
    <>
      <ListPage
        id="org.grants"
        title={t('角色授权', 'Roles granted')}
        path={path}
        filters={filters(t, roles.data ?? [])}
        columns={columns(t, setRevoking)}
        keyOf={(grant) => grant.id}
        linkOf={(grant) => `/system/staff/${grant.staff_id}`}
        empty={{
          title: t('还没有授权', 'No role has been granted'),
          hint: t(
            '在“人员与账号”中打开一个人，再授予角色。',
            'Open a person under “People and accounts” and grant a role there.',
          ),
        }}
      />
      {revoking && (
        <ConfirmReason
          name={`org.revoke.${revoking.id}`}
          title={t('收回角色', 'Revoke the role')}
          question={t(
            `收回 ${revoking.staff_name} 的“${revoking.role_name.zh}”？`,
            `Take ${revoking.role_name.en} back from ${revoking.staff_name}?`,
          )}
          reason="required"
          danger
          confirm={(reason) => revokeGrant(revoking.id, reason)}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </>
  )
}

function filters(t: Translate, roles: Role[]): Filter[] {
  return [
    {
      kind: 'choice',
      name: 'role',
      label: t('角色', 'Role'),
      options: roles.map((role) => ({ value: role.key, label: t(role.name) })),
    },
    { kind: 'unit', name: 'below', label: t('范围', 'Where') },
    { kind: 'flag', name: 'revoked', label: t('含已收回', 'Revoked too') },
  ]
}

function columns(t: Translate, revoke: (grant: Grant) => void): Column<Grant>[] {
  return [
    { key: 'staff', title: t('人员', 'Person'), primary: true, cell: (grant) => grant.staff_name },
    { key: 'role', title: t('角色', 'Role'), cell: (grant) => t(grant.role_name) },
    {
      key: 'node',
      title: t('范围', 'Where'),
      long: true,
      cell: (grant) => grant.node_name || t('全部', 'Everywhere'),
    },
    {
      key: 'granted',
      title: t('授予时间', 'Granted'),
      cell: (grant) => <When at={grant.granted_at} />,
    },
    {
      key: 'revoked',
      title: t('收回时间', 'Revoked'),
      cell: (grant) => <When at={grant.revoked_at} />,
    },
    {
      key: 'actions',
      title: t('操作', 'Actions'),
      cell: (grant) =>
        !grant.revoked_at && (
          <Button size="small" danger onClick={() => revoke(grant)}>
            {t('收回', 'Revoke')}
          </Button>
        ),
    },
  ]
}
