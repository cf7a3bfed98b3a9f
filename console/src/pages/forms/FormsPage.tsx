import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Select, Tag } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { NodePicker } from '@/pages/org/NodePicker'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { NodeName } from '@/parts/fields/NodeName'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { purposeOf, purposes } from './purposes'

type Row = Schemas['FormRecord']

/** The forms that people made: checklists, questionnaires and tables. */
export default function FormsPage() {
  const t = useT()
  const adding = useUrlForm('form')
  return (
    <>
      <ListPage
        id="forms"
        title={t('表单', 'Forms')}
        path="/api/v1/forms"
        filters={filters(t)}
        columns={columns(t)}
        keyOf={(form) => form.id}
        linkOf={(form) => `/inspection/forms/${form.id}`}
        actions={
          <Can permission="forms.manage">
            <Button type="primary" onClick={() => adding.show()}>
              {t('新建表单', 'New form')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有表单', 'No forms yet'),
          hint: t(
            '新建一张检查表或回访表，发布后即可填写。',
            'Make a checklist or a questionnaire; once published it can be filled in.',
          ),
        }}
      />
      <NewForm url={adding} />
    </>
  )
}

function filters(t: Translate): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('名称', 'Name') },
    { kind: 'choice', name: 'purpose', label: t('用途', 'Purpose'), options: options(t) },
    { kind: 'flag', name: 'retired', label: t('含已停用', 'Retired too') },
  ]
}

function options(t: Translate) {
  return Object.entries(purposes).map(([value, label]) => ({ value, label: t(label) }))
}

function columns(t: Translate): Column<Row>[] {
  return [
    {
      key: 'name',
      title: t('名称', 'Name'),
      primary: true,
      cell: (form) => t(form.name_zh, form.name_en),
    },
    { key: 'purpose', title: t('用途', 'Purpose'), cell: (form) => t(purposeOf(form.purpose)) },
    {
      key: 'owner',
      title: t('所属', 'Belongs to'),
      long: true,
      cell: (form) => <NodeName node={form.owner_path} />,
    },
    { key: 'state', title: t('状态', 'State'), cell: (form) => <FormState form={form} /> },
    {
      key: 'changed',
      title: t('最近修改', 'Last changed'),
      cell: (form) => <When at={form.changed_at} />,
    },
  ]
}

/** Which version is in force, and whether a draft waits. */
export function FormState({ form }: { form: Row }) {
  const t = useT()
  if (form.retired_at) return <Tag>{t('已停用', 'Retired')}</Tag>
  return (
    <span className="qf-links">
      {form.current > 0 && (
        <Tag color="success">{t(`第 ${form.current} 版`, `Version ${form.current}`)}</Tag>
      )}
      {form.revision !== form.published && (
        <Tag color="processing">{t('草稿未发布', 'Draft waits')}</Tag>
      )}
    </span>
  )
}

function NewForm({ url }: { url: UrlForm }) {
  const t = useT()
  const go = useNavigate()
  return (
    <FormDrawer<Schemas['FormNewForm'], Row>
      name="form.new"
      title={t('新建表单', 'New form')}
      url={url}
      initial={{ purpose: 'inspection' }}
      submit={(body) => read(api.POST('/api/v1/forms', { body }))}
      onDone={(form) => go({ to: `/inspection/forms/${form.id}` as never })}
    >
      <Form.Item name="name_zh" label={t('中文名称', 'Name in Chinese')} required>
        <Input maxLength={limits.FormNewForm.name_zh} />
      </Form.Item>
      <Form.Item name="name_en" label={t('英文名称', 'Name in English')} required>
        <Input maxLength={limits.FormNewForm.name_en} />
      </Form.Item>
      <Form.Item
        name="purpose"
        label={t('用途', 'Purpose')}
        required
        extra={t(
          '监督检查的表随现场记录填写：时间、问题、照片、检查人员和签名由现场记录收集，表里不必再问。',
          'A checklist of inspections goes with the visit, which itself asks for times, problems, photos, inspectors and signatures: no need to ask again.',
        )}
      >
        <Select options={options(t)} />
      </Form.Item>
      <Form.Item name="owner_path" label={t('所属', 'Belongs to')} required>
        <NodePicker by="path" />
      </Form.Item>
    </FormDrawer>
  )
}
