import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Empty, Skeleton, Table } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Page } from '@/parts/Page'
import { InnerLink } from '@/url/InnerLink'
import { useGo } from '@/url/useGo'
import { campaignOf } from './campaignApi'
import { ReturnState } from './ReturnState'
import { mostShown, type ReturnLine, returnsOf } from './returnApi'

interface UnitRow {
  unit: string
  name: string
  of: Map<string, ReturnLine>
}

/** Who owes what by when: units beside the reports of the calendar. */
export default function ReturnsPage() {
  const t = useT()
  const go = useGo()
  const { id } = useParams({ strict: false }) as { id: string }
  const campaign = useQuery(campaignOf(id))
  const found = useQuery(returnsOf(id))
  const error = campaign.error ?? found.error
  if (error) return <ProblemAlert error={error} onRetry={found.refetch} />
  if (!campaign.data || !found.data) return <Skeleton active />
  return (
    <Page
      title={t('报表', 'Returns')}
      of={{ title: campaign.data.title, to: `/campaign/list/${id}` }}
      actions={
        <Can permission="campaign.manage">
          <Button onClick={() => go(`/campaign/list/${id}/table`)}>
            {t('统计表的行', 'Rows of the table')}
          </Button>
        </Can>
      }
    >
      {found.data.length >= mostShown && (
        <p className="qf-faint">
          {t(`只显示前 ${mostShown} 份`, `The first ${mostShown} are shown`)}
        </p>
      )}
      <Calendar campaign={id} running={campaign.data.state !== 'draft'} returns={found.data} />
    </Page>
  )
}

interface CalendarProps {
  campaign: string
  /** Whether it was begun: what is owed is listed from then on. */
  running: boolean
  returns: ReturnLine[]
}

function Calendar({ campaign, running, returns }: CalendarProps) {
  const t = useT()
  const duties = [...new Map(returns.map((one) => [one.duty, one])).values()]
  if (duties.length === 0) {
    return (
      <Empty
        description={
          running
            ? t('没有您能看到的报表。', 'There are no returns that you may see.')
            : t(
                '还没有要报送的内容：专项启动后，按方案里的报送安排列出。',
                'Nothing is owed yet: it is listed once the campaign runs, as the plan says.',
              )
        }
      />
    )
  }
  return (
    <Table<UnitRow>
      size="small"
      rowKey="unit"
      dataSource={unitsOf(returns)}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('单位', 'Unit'), dataIndex: 'name', fixed: 'left', width: 140 },
        ...duties.map((duty) => ({
          key: duty.duty,
          title: (
            <>
              {duty.title}
              <div className="qf-faint">{t(`${duty.due} 前`, `by ${duty.due}`)}</div>
            </>
          ),
          render: (_: unknown, row: UnitRow) => {
            const one = row.of.get(duty.duty)
            return one ? (
              <InnerLink to={`/campaign/list/${campaign}/returns/${one.id}`}>
                <ReturnState of={one} />
              </InnerLink>
            ) : (
              '—'
            )
          },
        })),
      ]}
    />
  )
}

/** The units that owe something, in the order in which they were found. */
function unitsOf(returns: ReturnLine[]): UnitRow[] {
  const units = new Map<string, UnitRow>()
  for (const one of returns) {
    const row = units.get(one.unit) ?? { unit: one.unit, name: one.unit_name, of: new Map() }
    row.of.set(one.duty, one)
    units.set(one.unit, row)
  }
  return [...units.values()]
}
