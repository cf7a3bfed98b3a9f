import { Table } from 'antd'
import { useMemo } from 'react'
import { useT } from '@/i18n/useT'
import { Chart } from '@/parts/chart/Chart'
import type { ChartOption } from '@/parts/chart/echarts'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { useGo } from '@/url/useGo'

const months = ['2月', '3月', '4月', '5月', '6月', '7月']
const rates = [96.1, 95.4, 97.2, 98, 97.6, 98.3]

/** Numbers that lead to their rows, and a chart. */
export default function DeskPage() {
  const t = useT()
  const go = useGo()
  const option = useMemo<ChartOption>(
    () => ({
      legend: { show: true },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: months },
      yAxis: { type: 'value', min: 90, max: 100, axisLabel: { formatter: '{value}%' } },
      series: [
        { name: t('响应率', 'Response'), type: 'line', data: rates },
        { name: t('解决率', 'Resolution'), type: 'line', data: rates.map((rate) => rate - 3.2) },
      ],
    }),
    [t],
  )
  return (
    <Page title={t('工作台', 'Workbench')}>
      <div className="qf-stack">
        <StatRow>
          <StatNumber
            label={t('待派单', 'To dispatch')}
            value={12}
            unit={t('件', '')}
            to="/casework/cases?state=new"
          />
          <StatNumber
            label={t('今日到期', 'Due today')}
            value={4}
            unit={t('件', '')}
            tone="warn"
            to="/casework/cases?state=working"
          />
          <StatNumber
            label={t('已超期', 'Overdue')}
            value={2}
            unit={t('件', '')}
            tone="bad"
            to="/casework/cases?overdue=true"
          />
          <StatNumber
            label={t('上月满意率', 'Satisfied last month')}
            value="98.3%"
            note={t('95% 区间 96.0–99.4', '95 % interval 96.0–99.4')}
          />
        </StatRow>
        <Section title={t('走势', 'Trend')}>
          <Chart
            label={t('近六个月的响应率和解决率', 'Response and resolution over six months')}
            option={option}
            onPick={() => go('/casework/cases')}
            table={
              <Table
                size="small"
                pagination={false}
                rowKey="month"
                columns={[
                  { title: t('月份', 'Month'), dataIndex: 'month' },
                  { title: t('响应率（%）', 'Response (%)'), dataIndex: 'rate', align: 'right' },
                ]}
                dataSource={months.map((month, i) => ({ month, rate: rates[i] }))}
              />
            }
          />
        </Section>
      </div>
    </Page>
  )
}
