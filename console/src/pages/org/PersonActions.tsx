import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { useUrlForm } from '@/url/useUrlForm'
import { HandoverForm } from './HandoverForm'
import { OneTimePassword } from './OneTimePassword'
import { PersonFields } from './PersonFields'
import type { Person } from './PersonPage'

type Credentials = Schemas['OrgCredentials']

/** What may be done about a person and the account. */
export function PersonActions({ person }: { person: Person }) {
  const t = useT()
  const can = useCan()
  const editing = useUrlForm('person.edit')
  const opening = useUrlForm('account')
  const [asking, setAsking] = useState<'close' | 'reopen' | 'reset'>()
  const [issued, setIssued] = useState<Credentials>()
  const accounts = can('account.manage')
  const path = { id: person.id }
  const open = !person.closed_at
  const asleep = open && Boolean(person.dormant_at)
  const handing = useUrlForm('handover')
  const confirm = async (reason: string) => {
    if (asking === 'reset') {
      const sent = { params: { path }, body: { reason } }
      setIssued(await read(api.POST('/api/v1/org/staff/{id}/account/reset', sent)))
    } else if (asking === 'close') {
      await api.POST('/api/v1/org/staff/{id}/close', { params: { path }, body: { reason } })
    } else {
      await api.POST('/api/v1/org/staff/{id}/reopen', { params: { path }, body: { reason } })
    }
  }
  const words = {
    close: person.username
      ? [
          t('停用账号', 'Close the account'),
          t(
            '账号立即不能登录，角色同时收回。名下还有未办结诉求的，请先“交接工作”。',
            'The account stops working at once and the roles end. Hand open cases over first.',
          ),
        ]
      : [
          t('停用此人', 'Retire the person'),
          t('不能再选为承办人，也不能开通账号。', 'Cannot be given work or an account any more.'),
        ],
    reopen: [
      t('恢复账号', 'Reopen'),
      asleep
        ? t('账号恢复使用，角色不变。', 'The account works again, with its roles.')
        : t('恢复后需重新授予角色。', 'Roles have to be granted anew.'),
    ],
    reset: [
      t('重置密码', 'Reset the password'),
      t(
        '旧密码立即失效，生成一天内有效的一次性密码；本人和审计管理员会收到通知。请先当面或电话核实本人身份。',
        'The old password stops working; a one-time password is made for one day. The person and the audit administrators are told. First make sure who is asking.',
      ),
    ],
  } as const
  return (
    <>
      {accounts && open && (
        <Button danger onClick={() => setAsking('close')}>
          {words.close[0]}
        </Button>
      )}
      {accounts && (!open || asleep) && (
        <Button onClick={() => setAsking('reopen')}>{words.reopen[0]}</Button>
      )}
      {accounts && person.username && (
        <Button onClick={() => handing.show()}>{t('交接工作', 'Hand work over')}</Button>
      )}
      {accounts && open && person.username && (
        <Button onClick={() => setAsking('reset')}>{words.reset[0]}</Button>
      )}
      {accounts && open && !person.username && (
        <Button type="primary" onClick={() => opening.show()}>
          {t('开通账号', 'Open an account')}
        </Button>
      )}
      {can('org.manage') && open && (
        <Button type="primary" onClick={() => editing.show()}>
          {t('修改', 'Change')}
        </Button>
      )}
      {asking && (
        <ConfirmReason
          name={`org.person.${asking}.${person.id}`}
          title={words[asking][0]}
          question={words[asking][1]}
          reason="required"
          danger={asking !== 'reopen'}
          confirm={confirm}
          onClose={() => setAsking(undefined)}
        />
      )}
      <FormDrawer<Schemas['OrgNewAccount'], Credentials>
        name={`org.account.${person.id}`}
        title={t('开通账号', 'Open an account')}
        url={opening}
        submit={(body) =>
          read(api.POST('/api/v1/org/staff/{id}/account', { params: { path }, body }))
        }
        onDone={setIssued}
      >
        <Form.Item name="username" label={t('用户名', 'User name')} required>
          <Input maxLength={limits.OrgNewAccount.username} autoComplete="off" />
        </Form.Item>
      </FormDrawer>
      <EditForm person={person} url={editing} />
      <HandoverForm person={person} url={handing} />
      {issued && <OneTimePassword issued={issued} onClose={() => setIssued(undefined)} />}
    </>
  )
}

function EditForm({ person, url }: { person: Person; url: ReturnType<typeof useUrlForm> }) {
  const t = useT()
  const { name, unit_id, title, employee_no, phone, email, masked } = person
  // Masked numbers are no numbers: sent back they would overwrite the real ones.
  const known = { name, unit_id, title, employee_no, ...(!masked && { phone, email }) }
  return (
    <FormDrawer<Schemas['OrgStaffChange'], unknown>
      name={`org.staff.${person.id}`}
      title={t('修改人员', 'Change the person')}
      url={url}
      initial={known}
      submit={(body) =>
        read(api.PATCH('/api/v1/org/staff/{id}', { params: { path: { id: person.id } }, body }))
      }
    >
      <Form.Item name="name" label={t('姓名', 'Name')} required>
        <Input maxLength={limits.OrgStaffChange.name} />
      </Form.Item>
      <Form.Item name="unit_id" label={t('单位', 'Unit')} required>
        <OrgPicker />
      </Form.Item>
      <PersonFields />
    </FormDrawer>
  )
}
