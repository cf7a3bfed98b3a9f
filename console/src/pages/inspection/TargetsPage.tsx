import { App, Button, Form } from 'antd'
import { api, read } from '@/api/client'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { useWords, type Words } from '@/pages/org/dictionaries'
import { NodePicker } from '@/pages/org/NodePicker'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { NodeName } from '@/parts/fields/NodeName'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { Column } from '@/parts/list/column'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag } from '@/parts/record/StateTag'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'

/** The library of targets. */
export default function TargetsPage() {
  const t = useT()
  const words = useWords()
  const syncing = useUrlForm('sync')
  return (
    <>
      <ListPage
        id="inspection.targets"
        title={t('检查对象名录库', 'Targets')}
        path="/api/v1/inspection/targets"
        exportable
        filters={[
          { kind: 'text', name: 'q', label: t('名称', 'Name') },
          {
            kind: 'choice',
            name: 'kind',
            label: t('类别', 'Kind'),
            options: words.options('institution_kinds'),
          },
          {
            kind: 'choice',
            name: 'credit',
            label: t('抽查信用等级', 'Inspection class'),
            options: [
              ...['A', 'B', 'C', 'D'].map((value) => ({ value, label: value })),
              { value: 'none', label: t('未评', 'Not rated') },
            ],
          },
          { kind: 'flag', name: 'inactive', label: t('含停用', 'Inactive too') },
        ]}
        columns={columns(t, words)}
        keyOf={(one) => one.id}
        linkOf={(one) => `/inspection/targets/${one.id}`}
        actions={
          <Can permission="inspection.manage">
            <Button type="primary" onClick={() => syncing.show()}>
              {t('从机构档案更新', 'Take over the register')}
            </Button>
          </Can>
        }
        empty={{
          title: t('名录库是空的', 'The library is empty'),
          hint: t(
            '先从机构档案更新，其他对象可以导入。',
            'Take over the register first; others can be imported.',
          ),
        }}
      />
      <SyncForm url={syncing} />
    </>
  )
}

function SyncForm({ url }: { url: UrlForm }) {
  const t = useT()
  const { message } = App.useApp()
  return (
    <FormDrawer<Schemas['InspectionSyncInput'], Schemas['InspectionSynced']>
      name="inspection.sync"
      title={t('从机构档案更新', 'Take over the register')}
      url={url}
      submitLabel={t('更新', 'Update')}
      submit={(body) => read(api.POST('/api/v1/inspection/targets/sync', { body }))}
      onDone={({ added, changed, closed }) =>
        message.success(
          t(
            `新增 ${added} 个，变更 ${changed} 个，停用 ${closed} 个。`,
            `${added} added, ${changed} changed, ${closed} no longer active.`,
          ),
        )
      }
    >
      <Form.Item name="region" label={t('地区', 'Region')} required>
        <NodePicker />
      </Form.Item>
    </FormDrawer>
  )
}

function columns(t: Translate, words: Words): Column<Schemas['InspectionCandidate']>[] {
  return [
    { key: 'name', title: t('名称', 'Name'), primary: true, long: true, cell: (one) => one.name },
    {
      key: 'kind',
      title: t('类别', 'Kind'),
      cell: (one) => words.name('institution_kinds', one.kind),
    },
    {
      key: 'level',
      title: t('等级', 'Level'),
      cell: (one) => words.name('levels', one.level) || '—',
    },
    { key: 'credit', title: t('信用', 'Class'), cell: (one) => one.credit || '—' },
    {
      key: 'district',
      title: t('区划', 'District'),
      cell: (one) => <NodeName node={one.district} />,
    },
    {
      key: 'active',
      title: t('状态', 'State'),
      cell: (one) =>
        one.active ? (
          <StateTag tone="good">{t('在册', 'Active')}</StateTag>
        ) : (
          <StateTag>{t('停用', 'Inactive')}</StateTag>
        ),
    },
  ]
}
