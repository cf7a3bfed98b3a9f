import type { Translate } from '@/i18n/text'
import type { Column } from '@/parts/list/column'
import { CountLink } from './CountLink'
import { casesAddress, type Figure, type RatesChoice } from './choice'
import { isUncertain, showPercent, threeRates } from './figures'
import { Move } from './Move'
import { rateNames, subjectNames } from './names'
import { RateCell } from './RateCell'
import type { Line, RatesRow, RatesTable } from './ratesApi'
import { ScoreCell } from './ScoreCell'
import { Standing } from './Standing'

/** The columns of a table of rates; every figure leads to its cases. */
export function rateColumns(
  t: Translate,
  choice: RatesChoice,
  table: RatesTable | undefined,
): Column<RatesRow>[] {
  const minSample = table?.window.policy.min_sample ?? 0
  const to = (row: RatesRow, measure: string, basis: Figure['basis']) =>
    casesAddress(choice, table?.window.id ?? '', { id: row.id, measure, basis })
  return [
    {
      key: 'rank',
      title: t('名次', 'Rank'),
      width: 90,
      cell: (row) => <Standing row={row} minSample={minSample} />,
    },
    {
      key: 'name',
      title: t(subjectNames[choice.subject]),
      primary: true,
      long: true,
      cell: (row) => row.name,
    },
    {
      key: 'score',
      title: t('综合成绩', 'Score'),
      align: 'right',
      cell: (row) => <ScoreCell row={row} />,
    },
    ...threeRates.map(
      ({ key, measure }): Column<RatesRow> => ({
        key,
        title: t(rateNames[key]),
        align: 'right',
        cell: (row) => (
          <RateCell
            assessed={row.assessed[key]}
            raw={row.raw?.[key]}
            uncertain={isUncertain(row.assessed, minSample)}
            to={row.more && to(row, measure, 'assessed')}
          />
        ),
      }),
    ),
    {
      key: 'move',
      title: t('成绩环比', 'Change'),
      align: 'right',
      cell: (row) => <Move change={row.last.score} />,
    },
    ...countColumns(t, to),
  ]
}

function countColumns(
  t: Translate,
  to: (row: RatesRow, measure: string, basis: Figure['basis']) => string,
): Column<RatesRow>[] {
  const count = (
    key: string,
    title: string,
    value: (row: RatesRow) => number | undefined,
    hidden = false,
  ): Column<RatesRow> => ({
    key,
    title,
    align: 'right',
    ...(hidden && { hidden }),
    cell: (row) => <CountLink value={value(row)} to={to(row, key, 'raw')} />,
  })
  const counts = (row: RatesRow): Line['counts'] => row.raw?.counts
  return [
    count('received', t('受理（全部）', 'Received (all)'), (row) => counts(row)?.received),
    count('finished', t('办结（全部）', 'Finished (all)'), (row) => counts(row)?.finished),
    count('valid', t('有效回访（全部）', 'Call-backs (all)'), (row) => counts(row)?.valid),
    count('overdue', t('超期', 'Overdue'), (row) => row.more?.overdue),
    {
      key: 'excluded',
      title: t('剔除', 'Excluded'),
      align: 'right',
      cell: (row) => (
        <>
          <CountLink value={row.more?.excluded} to={to(row, 'excluded', 'raw')} />{' '}
          {row.more && row.more.excluded > 0 && (
            <span className="qf-faint">{showPercent(row.more.exclusion_rate)}</span>
          )}
        </>
      ),
    },
    count('left_out', t('不考核类别', 'Not assessed'), (row) => row.more?.left_out),
    count('returned', t('退单', 'Returned'), (row) => row.more?.returned, true),
    count('reworked', t('重办', 'Reworked'), (row) => row.more?.reworked, true),
  ]
}
