import { Table } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { showCount } from '@/parts/record/showCount'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import type { Params } from '@/url/params'
import { CountLink } from './CountLink'
import {
  casesAddress,
  type RatesChoice,
  rowAddress,
  type Subject,
  subjects,
  type WindowKind,
  windowKinds,
  workAddress,
} from './choice'
import { showPercent, threeRates } from './figures'
import { IdleRows, withData } from './IdleRows'
import { Move } from './Move'
import { rateNames, subjectNames } from './names'
import { RatesSummary } from './RatesSummary'
import type { Pack, RatesRow, RatesTable } from './ratesApi'
import { ScoreCell } from './ScoreCell'
import { Standing } from './Standing'

/** The sections of the pack: the whole, the tables, what presses, the hard cases. */
export function PackBody({ pack }: { pack: Pack }) {
  const t = useT()
  const tables = pack.tables ?? []
  // As on the page of the rates: all cases, and the mean over the institutions.
  const whole = tables.find((table) => table.subject === 'institution' && table.summary)
  return (
    <>
      {whole?.summary && (
        <RatesSummary choice={choiceFor(whole)} window={pack.window} summary={whole.summary} />
      )}
      {tables
        .filter((table) => (table.rows ?? []).length > 0)
        .map((table) => (
          <Section
            key={table.subject}
            title={t(`按${subjectName(table, t)}`, `By ${subjectName(table, t).toLowerCase()}`)}
          >
            <PackTable table={table} t={t} />
            {table.next && (
              <p className="qf-faint">
                {t('只列出前面的行；', 'Only the first rows; ')}
                <InnerLink
                  to={rowAddress({ ...choiceFor(table), window: table.window.id }, undefined)}
                >
                  {t('查看全部', 'see them all')}
                </InnerLink>
                {t('，导出的工作簿也是全的。', ', or export the workbook.')}
              </p>
            )}
            <IdleRows rows={table.rows} />
          </Section>
        ))}
      <Reminders pack={pack} t={t} />
      <HardCases pack={pack} t={t} />
    </>
  )
}

function PackTable({ table, t }: { table: RatesTable; t: Translate }) {
  const choice = choiceFor(table)
  const to = (row: RatesRow, measure: string) =>
    casesAddress(choice, table.window.id, { id: row.id, measure, basis: 'raw' })
  return (
    <Table<RatesRow>
      size="small"
      className="qf-table"
      rowKey="id"
      dataSource={withData(table.rows)}
      pagination={false}
      columns={[
        {
          key: 'rank',
          title: t('名次', 'Rank'),
          render: (_, row) => <Standing row={row} minSample={table.window.policy.min_sample} />,
        },
        { key: 'name', title: subjectName(table, t), className: 'qf-cell-long', dataIndex: 'name' },
        {
          key: 'received',
          title: t('受理（全部）', 'Received (all)'),
          align: 'right',
          render: (_, row) => (
            <CountLink value={row.raw?.counts?.received} to={to(row, 'received')} />
          ),
        },
        {
          key: 'sample',
          title: t('有效样本（考核）', 'Valid sample (assessed)'),
          align: 'right',
          render: (_, row) => row.assessed.counts?.sample ?? '—',
        },
        ...threeRates.map(({ key }) => ({
          key,
          title: t(`${rateNames[key].zh}（考核）`, `${rateNames[key].en} (assessed)`),
          align: 'right' as const,
          render: (_: unknown, row: RatesRow) => showPercent(row.assessed[key]?.value),
        })),
        {
          key: 'score',
          title: t('综合成绩（考核）', 'Score (assessed)'),
          align: 'right',
          render: (_, row) => <ScoreCell row={row} />,
        },
        {
          key: 'last',
          title: t('环比', 'Change'),
          align: 'right',
          render: (_, row) => <Move change={row.last.score} />,
        },
        ...(table.year
          ? [
              {
                key: 'year',
                title: t('同比', 'On the year'),
                align: 'right' as const,
                render: (_: unknown, row: RatesRow) => <Move change={row.year.score} />,
              },
            ]
          : []),
      ]}
    />
  )
}

function Reminders({ pack, t }: { pack: Pack; t: Translate }) {
  const { overdue, near_due, unsigned } = pack.reminders
  const to = (filter: Params) => workAddress(pack.window.scope, filter)
  return (
    <Section title={t('工作提示', 'Reminders')}>
      <p className="qf-faint">
        {t('以下为', 'As of')} <When at={pack.at} />{' '}
        {t('的情况，不限本期的诉求。', ', whenever the cases were received.')}
      </p>
      <StatRow>
        <StatNumber
          label={t('超期未办结', 'Overdue and open')}
          value={showCount(overdue)}
          tone={overdue.value > 0 ? 'bad' : 'plain'}
          to={to({ box: 'overdue' })}
        />
        <StatNumber
          label={t('快到期', 'Due soon')}
          value={showCount(near_due)}
          tone={near_due.value > 0 ? 'warn' : 'plain'}
          to={to({ box: 'due' })}
        />
        <StatNumber
          label={t('派单未签收', 'Sent, not signed for')}
          value={showCount(unsigned)}
          to={to({ state: 'dispatched' })}
        />
      </StatRow>
    </Section>
  )
}

function HardCases({ pack, t }: { pack: Pack; t: Translate }) {
  const hard = pack.hard_cases ?? []
  return (
    <Section title={t('疑难诉求', 'Hard cases')}>
      {hard.length === 0 ? (
        <span className="qf-faint">{t('没有挂起的疑难诉求。', 'There are none.')}</span>
      ) : (
        <Table
          size="small"
          className="qf-table"
          rowKey="case_id"
          dataSource={hard}
          pagination={false}
          columns={[
            {
              key: 'number',
              title: t('编号', 'Number'),
              render: (_, one) => (
                <InnerLink to={`/casework/cases/${one.case_id}`}>{one.number}</InnerLink>
              ),
            },
            {
              key: 'title',
              title: t('事由', 'Subject'),
              className: 'qf-cell-long',
              dataIndex: 'title',
            },
            { key: 'lead', title: t('承办单位', 'Handling unit'), dataIndex: 'lead_name' },
            {
              key: 'at',
              title: t('受理', 'Received'),
              render: (_, one) => <When at={one.received_at} precision="date" />,
            },
            {
              key: 'due',
              title: t('到期', 'Due'),
              render: (_, one) => <When at={one.due_at} due />,
            },
          ]}
        />
      )}
      {pack.more_hard_cases && (
        <p className="qf-faint">
          {t('只列出最早的；导出的工作簿是全的。', 'Only the oldest; the workbook has them all.')}
        </p>
      )}
    </Section>
  )
}

function subjectName(table: RatesTable, t: Translate): string {
  return t(subjectNames[subjectOf(table)])
}

function subjectOf(table: RatesTable): Subject {
  return subjects.find((one) => one === table.subject) ?? 'institution'
}

function choiceFor(table: RatesTable): RatesChoice {
  const kind: WindowKind = windowKinds.find((one) => one === table.window.kind) ?? 'month'
  return { kind, subject: subjectOf(table) }
}
