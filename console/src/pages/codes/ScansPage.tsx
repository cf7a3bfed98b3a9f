import { useQuery } from '@tanstack/react-query'
import { Skeleton, Table } from 'antd'
import { useMemo } from 'react'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { Chart } from '@/parts/chart/Chart'
import type { ChartOption } from '@/parts/chart/echarts'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { FilterBar } from '@/parts/list/FilterBar'
import type { Filter } from '@/parts/list/filters'
import { rowQuery } from '@/parts/list/query'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { InnerLink } from '@/url/InnerLink'
import { writeParams } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { type ScanChoice, scansQuery, silentQuery } from './codeApi'
import { useRegions } from './useRegions'

type Figures = NonNullable<ReturnType<typeof useScans>['data']>

/** How often codes are scanned, by day and by place; nothing about anybody who scans. */
export default function ScansPage() {
  const t = useT()
  const regions = useRegions()
  const filters: Filter[] = [
    { kind: 'days', names: ['from', 'to'], label: t('日期', 'Days'), asks: 'days' },
    { kind: 'choice', name: 'region', label: t('地区', 'Region'), options: regions },
    { kind: 'unit', name: 'institution', label: t('医疗机构', 'Institution') },
  ]
  const { data, error, refetch, choice } = useScans(filters)
  return (
    <Page title={t('扫码统计', 'Scans')}>
      <div className="qf-list-tools">
        <FilterBar filters={filters} />
      </div>
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton active />}
      {data && <ScanFigures figures={data} choice={choice} />}
    </Page>
  )
}

function useScans(filters: Filter[]) {
  const [params] = useUrlParams()
  const choice = rowQuery(filters, params) as ScanChoice
  return { ...useQuery(scansQuery(choice)), choice }
}

function ScanFigures({ figures, choice }: { figures: Figures; choice: ScanChoice }) {
  const t = useT()
  const silent = useQuery(silentQuery(choice))
  const { region, institution } = choice
  const days = figures.days ?? []
  const option = useMemo(() => optionOf(figures.days ?? [], t), [figures.days, t])
  return (
    <div className="qf-stack">
      <StatRow>
        <StatNumber
          label={t('扫码次数', 'Scans')}
          value={figures.total}
          note={`${figures.from} ~ ${figures.to}`}
        />
        <StatNumber
          label={t('平均每天', 'A day on average')}
          value={days.length === 0 ? 0 : Math.round(figures.total / days.length)}
        />
        <StatNumber
          label={t('30 天没人扫的码', 'Codes silent for 30 days')}
          value={silent.data}
          to={`/casework/codes${writeParams({ state: 'silent', region, institution })}`}
        />
      </StatRow>
      <Section title={t('每天', 'By day')}>
        <Chart
          label={t('每天的扫码次数', 'Scans by day')}
          option={option}
          table={
            <Table
              size="small"
              rowKey="day"
              dataSource={days}
              pagination={false}
              columns={[
                { title: t('日期', 'Day'), dataIndex: 'day' },
                { title: t('次数', 'Scans'), dataIndex: 'scans', align: 'right' as const },
              ]}
            />
          }
        />
      </Section>
      <Section title={t('扫得最多的地点', 'Most scanned places')}>
        <Places places={figures.places ?? []} />
      </Section>
    </div>
  )
}

function Places({ places }: { places: NonNullable<Figures['places']> }) {
  const t = useT()
  return (
    <Table
      size="small"
      className="qf-table"
      rowKey="place"
      dataSource={places}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: t('这段时间没有人扫码', 'Nobody scanned a code in this time') }}
      columns={[
        {
          title: t('地点', 'Place'),
          render: (_, one) => (
            <InnerLink to={`/casework/codes?q=${encodeURIComponent(one.name)}`}>
              {one.name}
            </InnerLink>
          ),
        },
        { title: t('医疗机构', 'Institution'), dataIndex: 'institution_name' },
        { title: t('次数', 'Scans'), dataIndex: 'scans', align: 'right' as const },
        { title: t('最近', 'Last'), dataIndex: 'last' },
      ]}
    />
  )
}

function optionOf(days: { day: string; scans: number }[], t: Translate): ChartOption {
  return {
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: days.map(({ day }) => day) },
    yAxis: { type: 'value', minInterval: 1 },
    series: [{ type: 'bar', name: t('扫码', 'Scans'), data: days.map(({ scans }) => scans) }],
  }
}
