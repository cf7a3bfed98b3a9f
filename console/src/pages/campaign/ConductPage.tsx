import { App, Button } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import type { Column } from '@/parts/list/column'
import { ListPage } from '@/parts/list/ListPage'
import { useUrlForm } from '@/url/useUrlForm'
import { AddConductForm, EndConductForm } from './ConductForms'
import { ConductMissing } from './ConductMissing'
import type { Conduct } from './conductApi'

/** Who keeps the conduct of units as their work, and which units lack somebody. */
export default function ConductPage() {
  const t = useT()
  const { message } = App.useApp()
  const adding = useUrlForm('add')
  const ending = useUrlForm('end')
  return (
    <>
      <ListPage
        id="campaign.conduct"
        title={t('行风建设人员', 'Conduct staff')}
        path="/api/v1/conduct-staff"
        filters={[
          { kind: 'unit', name: 'unit', label: t('单位', 'Unit') },
          { kind: 'flag', name: 'current', label: t('只看在岗', 'Only those now') },
        ]}
        columns={columns(t, ending.show)}
        keyOf={(row) => row.id}
        actions={
          <Can permission="campaign.report">
            <Button type="primary" onClick={() => adding.show()}>
              {t('登记人员', 'Enter somebody')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有登记行风建设人员', 'Nobody is entered yet'),
          hint: t(
            '卫生健康部门和二级以上医疗机构应有专职人员，由本单位或上级登记。',
            'Commissions and institutions of level two and above need somebody full-time, entered by the unit or the one above it.',
          ),
        }}
      >
        <ConductMissing onEnter={adding.show} />
      </ListPage>
      <AddConductForm
        key={adding.subject}
        url={adding}
        onDone={() => message.success(t('已登记', 'Entered'))}
      />
      <EndConductForm url={ending} onDone={() => message.success(t('已登记', 'Entered'))} />
    </>
  )
}

function columns(t: Translate, end: (id: string) => void): Column<Conduct>[] {
  return [
    { key: 'name', title: t('姓名', 'Name'), primary: true, cell: (row) => row.name },
    { key: 'unit', title: t('单位', 'Unit'), long: true, cell: (row) => row.unit_name },
    { key: 'post', title: t('职务', 'Post'), cell: (row) => row.post || '—' },
    {
      key: 'full',
      title: t('专职或兼职', 'Full-time'),
      cell: (row) => (row.full_time ? t('专职', 'Full-time') : t('兼职', 'Beside other work')),
    },
    { key: 'since', title: t('起始日期', 'Since'), cell: (row) => row.since },
    { key: 'until', title: t('截止日期', 'Until'), cell: (row) => row.until || t('在岗', 'Now') },
    {
      key: 'do',
      title: t('操作', 'Actions'),
      cell: (row) =>
        row.may_end && (
          <Button type="link" size="small" onClick={() => end(row.id)}>
            {t('不再担任', 'Does it no longer')}
          </Button>
        ),
    },
  ]
}
