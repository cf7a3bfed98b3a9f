import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useT } from '@/i18n/useT'
import { ColumnPicker } from '@/parts/list/ColumnPicker'
import { ExportMenu } from '@/parts/list/ExportMenu'
import { ListRows } from '@/parts/list/ListRows'
import { limitOf, paging } from '@/parts/list/query'
import { useColumns } from '@/parts/list/useColumns'
import { Page } from '@/parts/Page'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { choiceOf, isComplete, rowAddress } from './choice'
import { IdleRows, withData } from './IdleRows'
import { RatesPicker } from './RatesPicker'
import { RatesSummary } from './RatesSummary'
import { rateColumns } from './rateColumns'
import { query, type RatesRow, type RatesTable, type Summary, tableOf } from './ratesApi'
import { TrendChart } from './TrendChart'
import { WindowState } from './WindowState'
import './rates.css'

/** The three rates of one window: the whole, its course over time, and row by row. */
export default function RatesPage() {
  const t = useT()
  const [params] = useUrlParams()
  const choice = choiceOf(params)
  const cursor = single(params[paging.cursor])
  const table = useQuery({
    ...tableOf(choice, { limit: limitOf(params), ...(cursor && { cursor }) }),
    enabled: isComplete(choice),
    placeholderData: keepPreviousData,
  })
  const asked = isComplete(choice)
  return (
    <Page
      title={t('三率考核', 'Three rates')}
      actions={
        asked && <ExportMenu path="/api/v1/rates/table" pathParams={{}} query={query(choice)} />
      }
    >
      <div className="qf-stack">
        <RatesPicker choice={choice} shown={table.data?.window} />
        {asked ? (
          <RatesView choice={choice} table={table} row={single(params.row)} />
        ) : (
          <Alert
            type="info"
            showIcon
            title={t(
              '请选择机构，再看它各科室的三率。',
              'Choose an institution to see its departments.',
            )}
          />
        )}
      </div>
    </Page>
  )
}

interface RatesViewProps {
  choice: ReturnType<typeof choiceOf>
  table: ReturnType<typeof useQuery<RatesTable>>
  row: string | undefined
}

/** A row as if it were a table of its own. */
function summaryOf(row: RatesRow): Summary | undefined {
  const { raw, more, assessed, last, year } = row
  return raw && more && { weighted: assessed, raw, more, averaged: noMeans, last, year }
}

const noMeans = { units: 0, response: null, resolution: null, satisfaction: null, score: null }

interface OverviewProps {
  choice: ReturnType<typeof choiceOf>
  table: RatesTable
  row: string | undefined
}

/** The whole table in numbers and over time; for who does not see the whole, the own row. */
function Overview({ choice, table, row }: OverviewProps) {
  const t = useT()
  const own = table.summary ? undefined : table.rows.find((one) => one.raw)
  const summary = table.summary ?? (own && summaryOf(own))
  const shown = row ?? own?.id
  const name = table.rows.find((one) => one.id === shown)?.name ?? t('全部', 'All')
  if (!summary) return null
  return (
    <>
      <RatesSummary
        choice={choice}
        window={table.window}
        summary={summary}
        {...(own && { id: own.id })}
      />
      <TrendChart choice={choice} row={shown} name={name} />
    </>
  )
}

function RatesView({ choice, table, row }: RatesViewProps) {
  const t = useT()
  const columns = useColumns('rates', rateColumns(t, choice, table.data))
  const data = table.data
  const rows = {
    ...table,
    data: data && { items: withData(data.rows), ...(data.next && { next: data.next }) },
  }
  return (
    <>
      {data && (
        <div className="qf-rates-state">
          <strong>{t(data.window.label)}</strong> <WindowState window={data.window} />
          <span className="qf-faint">
            {t('统计于', 'counted')} <When at={data.window.computed_at} />
          </span>
          <InnerLink to={`/insight/windows/${data.window.id}`}>
            {t('查看通报', 'Open the pack')}
          </InnerLink>
        </div>
      )}
      {data && <Overview choice={choice} table={data} row={row} />}
      {row && (
        <InnerLink to={rowAddress(choice, undefined)}>
          {t('看全部的走势', 'Show all again')}
        </InnerLink>
      )}
      <div>
        <div className="qf-rates-columns">
          <span className="qf-faint">
            {t(
              '点数字看诉求，点名称看走势。',
              'A figure leads to its cases, a name to its course over time.',
            )}
          </span>
          <ColumnPicker columns={rateColumns(t, choice, data)} choice={columns} />
        </div>
        <ListRows
          rows={rows as Parameters<typeof ListRows<RatesTable['rows'][number]>>[0]['rows']}
          count={undefined}
          columns={columns.shown}
          keyOf={(one) => one.id}
          linkOf={(one) => rowAddress(choice, one.id)}
          selection={undefined}
          empty={{
            title: t('这段时间没有数据', 'No data in this window'),
            hint: t('换一个时间或排列对象看看。', 'Try another window or other rows.'),
          }}
          onClear={undefined}
        />
        {data && <IdleRows rows={data.rows} />}
      </div>
    </>
  )
}
