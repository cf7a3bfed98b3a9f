import { useQuery } from '@tanstack/react-query'
import { Card, Skeleton, Table } from 'antd'
import { useMemo } from 'react'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { Chart } from '@/parts/chart/Chart'
import type { ChartOption } from '@/parts/chart/echarts'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { useUrlParams } from '@/url/useUrlParams'
import type { RatesChoice } from './choice'
import { showPercent, showScore, threeRates } from './figures'
import { rateNames } from './names'
import { trendOf } from './ratesApi'
import { type TrendPoint, trendLabel } from './trend'

interface TrendChartProps {
  choice: RatesChoice
  /** The row whose course is drawn; none is the whole table. */
  row: string | undefined
  /** What the row is called. */
  name: string
}

/** The three rates and the score over the last windows; a click on a point opens its window. */
export function TrendChart({ choice, row, name }: TrendChartProps) {
  const t = useT()
  const [, change] = useUrlParams()
  const trend = useQuery(trendOf(choice, row))
  const points = trend.data
  const option = useMemo(() => chartOf(points ?? [], t), [points, t])
  if (trend.error) return <ProblemAlert error={trend.error} onRetry={trend.refetch} />
  if (!points) return <Skeleton active />
  return (
    <Card size="small">
      <Chart
        label={t(
          `${name}：三率走势（考核口径，%）`,
          `${name}: the three rates over time (assessed, %)`,
        )}
        option={option}
        height={240}
        onPick={({ dataIndex }) => change({ window: points[dataIndex]?.window.id })}
        table={<TrendTable points={points} t={t} />}
      />
    </Card>
  )
}

function TrendTable({ points, t }: { points: TrendPoint[]; t: Translate }) {
  return (
    <Table<TrendPoint>
      size="small"
      className="qf-table"
      rowKey={(point) => point.window.id}
      dataSource={points}
      pagination={false}
      columns={[
        { key: 'window', title: t('时间', 'Window'), render: (_, point) => t(point.window.label) },
        ...threeRates.map(({ key }) => ({
          key,
          title: t(rateNames[key]),
          align: 'right' as const,
          render: (_: unknown, point: TrendPoint) => showPercent(point.assessed[key]?.value),
        })),
        {
          key: 'score',
          title: t('综合成绩', 'Score'),
          align: 'right',
          render: (_, point) => showScore(point.assessed.score),
        },
      ]}
    />
  )
}

function chartOf(points: TrendPoint[], t: Translate): ChartOption {
  const line = (name: string, data: (number | null)[]) => ({
    type: 'line' as const,
    name,
    data,
    connectNulls: false,
  })
  return {
    tooltip: { trigger: 'axis', renderMode: 'richText' },
    legend: {},
    xAxis: { type: 'category', data: points.map((point) => trendLabel(point.window)) },
    yAxis: {
      type: 'value',
      max: 100,
      min: ({ min }) => Math.max(0, Math.floor((min - 5) / 10) * 10),
    },
    series: [
      ...threeRates.map(({ key }) =>
        line(
          t(rateNames[key]),
          points.map((point) => point.assessed[key]?.value ?? null),
        ),
      ),
      line(
        t('综合成绩', 'Score'),
        points.map((point) => point.assessed.score),
      ),
    ],
  }
}
