import { useT } from '@/i18n/useT'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { showDue } from '@/time/shanghai'
import { casesAddress, type RatesChoice } from './choice'
import { showMove, showPercent, showScore, threeRates } from './figures'
import { rateNames, subjectNames } from './names'
import type { RatesWindow, Summary } from './ratesApi'

interface RatesSummaryProps {
  choice: RatesChoice
  window: RatesWindow
  summary: Summary
  /** The row that it sums up; none is the whole table. */
  id?: string
}

/** The whole table, or one row, in six numbers, each leading to its cases. */
export function RatesSummary({ choice, window, summary, id }: RatesSummaryProps) {
  const t = useT()
  const { weighted, raw, averaged, more, last, correction } = summary
  const to = (measure: string, basis: 'assessed' | 'raw') =>
    casesAddress(choice, window.id, { id, measure, basis })
  const note = (rawValue: string, change: number | null | undefined, unit: 'rate' | 'score') => {
    const move = showMove(change, unit, t)
    const moved = move && t(`较上期 ${move}`, `${move} on the last`)
    return [`${t('原始', 'raw')} ${rawValue}`, moved].filter(Boolean).join(' · ')
  }
  const rows = t(subjectNames[choice.subject])
  return (
    <StatRow>
      <StatNumber
        label={t('综合成绩', 'Score')}
        value={showScore(weighted.score)}
        note={[
          note(showScore(raw.score), last.score, 'score'),
          correction &&
            t(
              `更正后 ${showScore(correction.assessed.score)}`,
              `now ${showScore(correction.assessed.score)}`,
            ),
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      {threeRates.map(({ key, measure }) => (
        <StatNumber
          key={key}
          label={t(rateNames[key])}
          value={showPercent(weighted[key]?.value)}
          to={to(measure, 'assessed')}
          note={note(showPercent(raw[key]?.value), last[key], 'rate')}
        />
      ))}
      <StatNumber
        label={t('受理', 'Received')}
        value={raw.counts?.received ?? 0}
        to={to('received', 'raw')}
        note={
          averaged.units > 0
            ? t(
                `${averaged.units} 个${rows}有考核数据，平均 ${showScore(averaged.score)} 分`,
                `${rows.toLowerCase()}: ${averaged.units} with data, mean score ${showScore(averaged.score)}`,
              )
            : showMove(last.received, 'count', t)
        }
      />
      <StatNumber
        label={t('超期', 'Overdue')}
        value={more.overdue}
        to={to('overdue', 'raw')}
        tone={more.overdue_open > 0 ? 'bad' : 'plain'}
        note={t(
          `其中到 ${showDue(window.as_of)} 还未办结 ${more.overdue_open}`,
          `${more.overdue_open} of them open at the end of ${showDue(window.as_of)}`,
        )}
      />
    </StatRow>
  )
}
