import { Button, Form, Input, Select } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { ContactFields } from './ContactFields'
import { useWords, type Words } from './dictionaries'
import { NodePicker } from './NodePicker'
import { OpenState } from './OpenState'
import { ProfileFields } from './ProfileFields'
import './org.css'

const path = '/api/v1/org/institutions'

type Institution = Schemas['OrgInstitutionLine']

/** The institutions with level and ownership. */
export default function InstitutionsPage() {
  const t = useT()
  const words = useWords()
  const adding = useUrlForm('institution')
  return (
    <>
      <ListPage
        id="org.institutions"
        title={t('医疗机构', 'Institutions')}
        path={path}
        filters={filters(t, words)}
        columns={columns(t, words)}
        keyOf={(one) => one.id}
        linkOf={(one) => `/system/units/${one.id}`}
        actions={
          <Can permission="org.manage">
            <Button type="primary" onClick={() => adding.show()}>
              {t('新增医疗机构', 'Add an institution')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有医疗机构', 'No institutions yet'),
          hint: t('可以逐个新增，也可以批量导入。', 'Add them one by one, or import a table.'),
        }}
      />
      <InstitutionForm url={adding} />
    </>
  )
}

function InstitutionForm({ url }: { url: UrlForm }) {
  const t = useT()
  const words = useWords()
  return (
    <FormDrawer<Schemas['OrgNewInstitution'], unknown>
      name="org.institution.new"
      title={t('新增医疗机构', 'Add an institution')}
      url={url}
      width={600}
      submit={(body) => read(api.POST('/api/v1/org/institutions', { body }))}
    >
      <Form.Item name="name" label={t('名称', 'Name')} required>
        <Input maxLength={limits.OrgNewInstitution.name} />
      </Form.Item>
      <Form.Item name="parent" label={t('所在地区', 'Region')} required>
        <NodePicker />
      </Form.Item>
      <Form.Item name="subkind" label={t('机构类别', 'Type')} required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={words.options('institution_kinds')}
        />
      </Form.Item>
      <Form.Item name="uscc" label={t('统一社会信用代码', 'Unified social credit code')}>
        <Input maxLength={limits.OrgNewInstitution.uscc} />
      </Form.Item>
      <Form.Item name="registration" label={t('医疗机构登记号', 'Registration number')}>
        <Input maxLength={limits.OrgNewInstitution.registration} />
      </Form.Item>
      <Form.Item name="insurance" label={t('医保定点代码', 'Insurance code')}>
        <Input maxLength={limits.OrgNewInstitution.insurance} />
      </Form.Item>
      <ContactFields />
      <ProfileFields />
    </FormDrawer>
  )
}

function filters(t: Translate, words: Words): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('名称', 'Name') },
    {
      kind: 'choice',
      name: 'subkind',
      label: t('类别', 'Type'),
      options: words.options('institution_kinds'),
    },
    { kind: 'choice', name: 'level', label: t('等级', 'Level'), options: words.options('levels') },
    {
      kind: 'choice',
      name: 'ownership',
      label: t('所有制', 'Ownership'),
      options: words.options('ownerships'),
    },
    { kind: 'flag', name: 'hospital', label: t('只看医院', 'Hospitals only') },
    { kind: 'flag', name: 'closed', label: t('含已停用', 'Closed too') },
  ]
}

function columns(t: Translate, words: Words): Column<Institution>[] {
  return [
    { key: 'name', title: t('名称', 'Name'), primary: true, long: true, cell: (one) => one.name },
    {
      key: 'subkind',
      title: t('类别', 'Type'),
      cell: (one) => words.name('institution_kinds', one.subkind),
    },
    {
      key: 'level',
      title: t('等级', 'Level'),
      cell: (one) => words.name('levels', one.level) || '—',
    },
    {
      key: 'ownership',
      title: t('所有制', 'Ownership'),
      cell: (one) => words.name('ownerships', one.ownership) || '—',
    },
    { key: 'beds', title: t('床位', 'Beds'), align: 'right', cell: (one) => one.beds || '—' },
    { key: 'phone', title: t('电话', 'Telephone'), cell: (one) => one.phone || '—' },
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (one) => <OpenState closedAt={one.closed_at} />,
    },
  ]
}
