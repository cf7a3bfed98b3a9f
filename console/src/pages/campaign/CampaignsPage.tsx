import { Button } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { NodeName } from '@/parts/fields/NodeName'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag } from '@/parts/record/StateTag'
import { useGo } from '@/url/useGo'
import type { Campaign } from './campaignApi'
import { stateNames, stateTones } from './words'

const path = '/api/v1/campaigns'

/** The campaigns that concern the person, the latest first. */
export default function CampaignsPage() {
  const t = useT()
  const go = useGo()
  return (
    <ListPage
      id="campaigns"
      title={t('专项行动', 'Campaigns')}
      path={path}
      filters={filters(t)}
      columns={columns(t)}
      keyOf={(row) => row.id}
      linkOf={(row) => `/campaign/list/${row.id}`}
      actions={
        <Can permission="campaign.manage">
          <Button type="primary" onClick={() => go('/campaign/new')}>
            {t('新建专项', 'New campaign')}
          </Button>
        </Can>
      }
      empty={{
        title: t('还没有专项行动', 'No campaign yet'),
        hint: t(
          '可以从模板新建，或上传已印发的方案。',
          'Begin with a pattern, or upload the plan that was issued.',
        ),
      }}
    />
  )
}

function filters(t: Translate): Filter[] {
  return [
    {
      kind: 'choice',
      name: 'state',
      label: t('状态', 'State'),
      options: Object.entries(stateNames).map(([value, name]) => ({ value, label: t(name) })),
    },
  ]
}

function columns(t: Translate): Column<Campaign>[] {
  return [
    { key: 'title', title: t('名称', 'Name'), primary: true, long: true, cell: (row) => row.title },
    { key: 'number', title: t('编号', 'Number'), cell: (row) => row.number },
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (row) => <StateTag tone={stateTones[row.state]}>{t(stateNames[row.state])}</StateTag>,
    },
    { key: 'owner', title: t('牵头', 'Led by'), cell: (row) => <NodeName node={row.owner} /> },
    {
      key: 'days',
      title: t('起止', 'Days'),
      cell: (row) => (row.starts_on ? `${row.starts_on} — ${row.ends_on || '…'}` : '—'),
    },
  ]
}
