import { Button, Form, Input } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { AccountState } from './AccountState'
import { PersonFields } from './PersonFields'
import './org.css'

const path = '/api/v1/org/staff'

type Person = Schemas['OrgPerson']

/** The people of the units, with the state of their accounts. */
export default function StaffPage() {
  const t = useT()
  const adding = useUrlForm('person')
  return (
    <>
      <ListPage
        id="org.staff"
        title={t('人员与账号', 'People and accounts')}
        path={path}
        filters={filters(t)}
        columns={columns(t)}
        keyOf={(person) => person.id}
        linkOf={(person) => `/system/staff/${person.id}`}
        actions={
          <Can permission="org.manage">
            <Button type="primary" onClick={() => adding.show()}>
              {t('新增人员', 'Add a person')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有人员', 'Nobody yet'),
          hint: t(
            '由系统管理员登记人员，由安全管理员开通账号和角色。',
            'The system administrator enters people; the security administrator opens accounts and grants roles.',
          ),
        }}
      />
      <FormDrawer<Schemas['OrgNewStaff'], unknown>
        name="org.staff.new"
        title={t('新增人员', 'Add a person')}
        url={adding}
        submit={(body) => read(api.POST('/api/v1/org/staff', { body }))}
      >
        <Form.Item name="name" label={t('姓名', 'Name')} required>
          <Input maxLength={limits.OrgNewStaff.name} />
        </Form.Item>
        <Form.Item name="unit_id" label={t('单位', 'Unit')} required>
          <OrgPicker />
        </Form.Item>
        <PersonFields />
      </FormDrawer>
    </>
  )
}

function filters(t: Translate): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('姓名', 'Name') },
    { kind: 'unit', name: 'below', label: t('单位', 'Unit') },
    { kind: 'flag', name: 'account', label: t('有账号', 'With an account') },
    { kind: 'flag', name: 'dormant', label: t('休眠账号', 'Sleeping accounts') },
    { kind: 'flag', name: 'closed', label: t('含已停用', 'Closed too') },
  ]
}

function columns(t: Translate): Column<Person>[] {
  return [
    { key: 'name', title: t('姓名', 'Name'), primary: true, cell: (person) => person.name },
    { key: 'unit', title: t('单位', 'Unit'), long: true, cell: (person) => person.unit_name },
    { key: 'title', title: t('职务', 'Position'), cell: (person) => person.title || '—' },
    { key: 'username', title: t('账号', 'Account'), cell: (person) => person.username || '—' },
    { key: 'state', title: t('状态', 'State'), cell: (person) => <AccountState person={person} /> },
    {
      key: 'login',
      title: t('最近登录', 'Last sign-in'),
      cell: (person) => <When at={person.last_login_at} />,
    },
    {
      key: 'phone',
      title: t('电话', 'Telephone'),
      hidden: true,
      cell: (person) => person.phone || '—',
    },
  ]
}
