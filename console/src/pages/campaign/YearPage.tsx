import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Empty } from 'antd'
import { Fragment } from 'react'
import { useT } from '@/i18n/useT'
import { Loaded } from '@/pages/sanction/Loaded'
import type { Schemas } from '@/pages/system/schemas'
import { Page } from '@/parts/Page'
import { StateTag } from '@/parts/record/StateTag'
import { InnerLink } from '@/url/InnerLink'
import { periodText } from './period'
import { type TableRow, yearOf } from './returnApi'
import { returnStates, returnTones } from './returnWords'
import './returns.css'

type Year = Schemas['CampaignYearTable']
type Month = Schemas['CampaignMonth']

/** The tables of a unit beside each other, period by period; each number leads to what it is made of. */
export default function YearPage() {
  const at = useParams({ strict: false }) as { id: string; return: string }
  return (
    <Loaded query={useQuery(yearOf(at.return))}>
      {(of) => <YearTable of={of} campaign={at.id} />}
    </Loaded>
  )
}

function YearTable({ of, campaign }: { of: Year; campaign: string }) {
  const t = useT()
  return (
    <Page title={t(`各期数据：${of.unit_name}`, `Period by period: ${of.unit_name}`)}>
      <p className="qf-faint">
        {t(
          `${of.campaign_title} · 本期数。已审签的按审签时的数，其余为现在的数。`,
          `${of.campaign_title} · each period by itself. What is signed is as it was signed, the rest as it is now.`,
        )}
      </p>
      {of.months.length === 0 ? (
        <Empty description={t('还没有统计表', 'There is no table yet')} />
      ) : (
        <div className="qf-return-scroll">
          <table className="qf-return-table qf-year-table">
            <thead>
              <tr>
                <th scope="col" className="qf-year-name">
                  {t('指标', 'Row')}
                </th>
                <th scope="col">{t('单位', 'Unit')}</th>
                {of.months.map((month) => (
                  <MonthHead key={month.return} month={month} campaign={campaign} />
                ))}
              </tr>
            </thead>
            <tbody>
              {of.rows.map((row, nth) => (
                <Fragment key={row.key}>
                  {row.group && row.group !== of.rows[nth - 1]?.group && (
                    <tr>
                      <th
                        colSpan={of.months.length + 2}
                        scope="colgroup"
                        className="qf-return-group"
                      >
                        {row.group}
                      </th>
                    </tr>
                  )}
                  <tr>
                    <th scope="row" className="qf-year-name">
                      {row.label}
                    </th>
                    <td>{row.unit}</td>
                    {of.months.map((month) => (
                      <td key={month.return} className="qf-return-number">
                        <Value value={month.values[nth]} to={behind(campaign, month, row)} />
                      </td>
                    ))}
                  </tr>
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  )
}

function MonthHead({ month, campaign }: { month: Month; campaign: string }) {
  const t = useT()
  return (
    <th scope="col" className="qf-return-number">
      <InnerLink to={`/campaign/list/${campaign}/returns/${month.return}`}>
        {t(periodText(month.period_start, month.period_end))}
      </InnerLink>
      <div>
        <StateTag tone={returnTones[month.state]}>{t(returnStates[month.state])}</StateTag>
      </div>
      {month.owed > 0 && (
        <div className="qf-faint">
          {t(`下级 ${month.reported}/${month.owed}`, `below: ${month.reported}/${month.owed}`)}
        </div>
      )}
    </th>
  )
}

function Value({ value, to }: { value: string | undefined; to: string }) {
  return value ? <InnerLink to={to}>{value}</InnerLink> : '—'
}

/** Where a number leads: to the rows that are counted, to the returns that are summed, or to its own. */
function behind(campaign: string, month: Month, row: TableRow): string {
  const of = `/campaign/list/${campaign}/returns/${month.return}`
  if (row.way === 'figure') return `${of}/rows/${row.key}/figures/0`
  return row.way === 'typed' && month.owed > 0 ? `${of}/rows/${row.key}` : of
}
