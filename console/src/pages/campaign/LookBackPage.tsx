import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { App, Button, Space } from 'antd'
import { asProblem } from '@/api/problem'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { campaignOf } from './campaignApi'
import { LookState } from './LookState'
import {
  groundNames,
  type LookLine,
  lookProgressOf,
  lookResults,
  lookStates,
  rebuildLook,
} from './lookApi'
import './selfcheck.css'

/** Who is looked at again in a campaign, why, and what was found. */
export default function LookBackPage() {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useQuery(lookProgressOf(id))
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />
  return (
    <ListPage
      id="campaign.look-back"
      title={t('回头看', 'Look back')}
      path="/api/v1/campaigns/{id}/look-back/institutions"
      pathParams={{ id }}
      filters={filters(t)}
      columns={columns(t, data?.over ?? false)}
      keyOf={(row) => row.id}
      linkOf={(row) => `/campaign/list/${id}/look-back/${row.id}`}
      exportable
      actions={data?.manage && <Rebuild id={id} />}
      empty={{
        title: t('这里没有要回头看的机构', 'Nobody to be looked at here'),
        hint: t(
          '在本次专项中受到处罚、或有问题整改销号的机构，一小时内自动列入。',
          'Whoever was punished or had something put right in this campaign is listed within the hour.',
        ),
      }}
    >
      <LookCounts id={id} />
    </ListPage>
  )
}

function LookCounts({ id }: { id: string }) {
  const t = useT()
  const { data: p } = useQuery(lookProgressOf(id))
  const { data: campaign } = useQuery(campaignOf(id))
  const at = (query: string) => `/campaign/list/${id}/look-back${query}`
  const left = p && p.listed - p.checked
  return (
    <div className="qf-stack qf-round-head">
      <p className="qf-faint qf-campaign-line">
        {campaign && <InnerLink to={`/campaign/list/${id}`}>{campaign.title}</InnerLink>}
        {p?.due && t(` · ${p.due} 前完成`, ` · to be done by ${p.due}`)}
      </p>
      <StatRow>
        <StatNumber label={t('列入', 'Listed')} value={p?.listed} to={at('')} />
        <StatNumber
          label={p?.over ? t('逾期未复查', 'Overdue') : t('待复查', 'To be looked at')}
          value={left}
          to={at('?state=open')}
          tone={p?.over && left ? 'bad' : 'plain'}
        />
        <StatNumber label={t('已复查', 'Looked at')} value={p?.checked} to={at('?state=checked')} />
        <StatNumber
          label={t('反弹', 'Rebound')}
          value={p?.rebound}
          to={at('?result=rebound')}
          tone={p?.rebound ? 'bad' : 'plain'}
        />
        <StatNumber
          label={t('移出待批', 'To decide on')}
          value={p?.asked}
          to={at('?state=asked')}
          tone={p?.asked ? 'warn' : 'plain'}
        />
      </StatRow>
    </div>
  )
}

function Rebuild({ id }: { id: string }) {
  const t = useT()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const rebuild = useMutation({
    mutationFn: () => rebuildLook(id),
    onSuccess: ({ listed }) => {
      message.success(t(`名单已更新，共 ${listed} 家`, `The list is up to date: ${listed}`))
      return queries.invalidateQueries()
    },
    onError: (error) => message.error(asProblem(error).message),
  })
  return (
    <Button loading={rebuild.isPending} onClick={() => rebuild.mutate()}>
      {t('更新名单', 'Bring up to date')}
    </Button>
  )
}

function filters(t: Translate): Filter[] {
  const options = (names: Record<string, { zh: string; en: string }>) =>
    Object.entries(names).map(([value, name]) => ({ value, label: t(name) }))
  return [
    { kind: 'text', name: 'q', label: t('机构名称', 'Name of an institution') },
    {
      kind: 'choice',
      name: 'state',
      label: t('状态', 'State'),
      options: [...options(lookStates), { value: 'asked', label: t('移出待批', 'To decide on') }],
    },
    { kind: 'choice', name: 'result', label: t('结论', 'Result'), options: options(lookResults) },
    { kind: 'choice', name: 'ground', label: t('事由', 'Reason'), options: options(groundNames) },
  ]
}

/** How many reasons a row shows. */
const mostShown = 3

function columns(t: Translate, over: boolean): Column<LookLine>[] {
  return [
    { key: 'name', title: t('机构', 'Institution'), primary: true, cell: (row) => row.name },
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (row) => <LookState of={row} over={over} />,
    },
    {
      key: 'grounds',
      title: t('事由', 'Reasons'),
      long: true,
      cell: (row) => (
        <Space size={[12, 0]} wrap>
          {row.grounds.slice(0, mostShown).map((ground) => (
            <InnerLink key={ground.kind + ground.record} to={ground.link}>
              {ground.label}
            </InnerLink>
          ))}
          {row.grounds.length > mostShown &&
            t(`等 ${row.grounds.length} 项`, `of ${row.grounds.length}`)}
        </Space>
      ),
    },
    {
      key: 'listed',
      title: t('列入', 'Listed'),
      cell: (row) => <When at={row.listed_at} precision="date" />,
    },
    {
      key: 'checked',
      title: t('复查', 'Looked at'),
      cell: (row) => (row.checked_at ? <When at={row.checked_at} precision="date" /> : '—'),
    },
    {
      key: 'by',
      title: t('登记人', 'Recorded by'),
      hidden: true,
      cell: (row) => row.checked_by || '—',
    },
  ]
}
