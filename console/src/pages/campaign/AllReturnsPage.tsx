import { useState } from 'react'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { Redirect } from '@/url/Redirect'
import { useUrlParams } from '@/url/useUrlParams'
import { ReturnState } from './ReturnState'
import type { ReturnLine } from './returnApi'
import { returnStates } from './returnWords'

/**
 * The returns of all campaigns, those first that are due first. Whoever comes without a filter
 * is shown what is open; taking that filter away shows all.
 */
export default function AllReturnsPage() {
  const t = useT()
  const [params] = useUrlParams()
  const filtered = Object.keys(params).length > 0
  const [come, setCome] = useState(filtered)
  if (filtered && !come) setCome(true)
  if (!come) return <Redirect to="/campaign/returns" search={{ box: 'open' }} />
  return (
    <ListPage
      id="campaign.returns"
      title={t('报表', 'Returns')}
      path="/api/v1/returns"
      filters={filters(t)}
      columns={columns(t)}
      keyOf={(row) => row.id}
      linkOf={(row) => `/campaign/list/${row.campaign}/returns/${row.id}`}
      empty={{
        title: t('这里没有报表', 'No returns here'),
        hint: t(
          '专项启动后，按方案里的报送安排列出要报送的内容。',
          'Once a campaign runs, what is owed is listed as its plan says.',
        ),
      }}
    />
  )
}

function filters(t: Translate): Filter[] {
  return [
    {
      kind: 'choice',
      name: 'box',
      label: t('待办', 'To do'),
      options: [
        { value: 'open', label: t('未完成', 'Open') },
        { value: 'fill', label: t('待本级填报', 'To be filled in here') },
        { value: 'soon', label: t('七天内到期', 'Due within a week') },
        { value: 'sign', label: t('待本级审签', 'To be signed here') },
        { value: 'late', label: t('逾期未报', 'Late') },
      ],
    },
    {
      kind: 'choice',
      name: 'state',
      label: t('状态', 'State'),
      options: Object.entries(returnStates)
        .filter(([value]) => value !== 'lapsed')
        .map(([value, name]) => ({ value, label: t(name) })),
    },
    { kind: 'link', name: 'campaign', label: t('只看一次专项行动的', 'Of one campaign') },
  ]
}

function columns(t: Translate): Column<ReturnLine>[] {
  return [
    { key: 'title', title: t('报表', 'Return'), primary: true, cell: (row) => row.title },
    { key: 'unit', title: t('单位', 'Unit'), cell: (row) => row.unit_name },
    { key: 'due', title: t('截止', 'Due'), cell: (row) => row.due },
    { key: 'state', title: t('状态', 'State'), cell: (row) => <ReturnState of={row} /> },
    {
      key: 'campaign',
      title: t('专项行动', 'Campaign'),
      long: true,
      cell: (row) => row.campaign_title,
    },
    {
      key: 'period',
      title: t('报告期', 'Period'),
      hidden: true,
      cell: (row) => `${row.period_start} — ${row.period_end}`,
    },
  ]
}
