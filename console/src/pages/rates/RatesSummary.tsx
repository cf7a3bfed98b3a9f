import { useT } from '@/i18n/useT'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { casesAddress, type RatesChoice } from './choice'
import { showMove, showPercent, showScore, threeRates } from './figures'
import { rateNames } from './names'
import type { Summary } from './ratesApi'

interface RatesSummaryProps {
  choice: RatesChoice
  window: string
  summary: Summary
}

/** The whole table in six numbers, each leading to its cases. */
export function RatesSummary({ choice, window, summary }: RatesSummaryProps) {
  const t = useT()
  const { weighted, raw, averaged, more, last } = summary
  const to = (measure: string, basis: 'assessed' | 'raw') =>
    casesAddress(choice, window, { measure, basis })
  const note = (rawValue: string, move: number | null | undefined) =>
    [`${t('原始', 'raw')} ${rawValue}`, showMove(move)].filter(Boolean).join(' · ')
  return (
    <StatRow>
      <StatNumber
        label={t('综合成绩', 'Score')}
        value={showScore(weighted.score)}
        note={note(showScore(raw.score), last.score)}
      />
      {threeRates.map(({ key, measure }) => (
        <StatNumber
          key={key}
          label={t(rateNames[key])}
          value={showPercent(weighted[key]?.value)}
          to={to(measure, 'assessed')}
          note={note(showPercent(raw[key]?.value), last[key])}
        />
      ))}
      <StatNumber
        label={t('受理', 'Received')}
        value={raw.counts?.received ?? 0}
        to={to('received', 'raw')}
        note={
          averaged.units > 0
            ? t(
                `${averaged.units} 个单位均分 ${showScore(averaged.score)}`,
                `mean of ${averaged.units}: ${showScore(averaged.score)}`,
              )
            : showMove(last.received)
        }
      />
      <StatNumber
        label={t('超期', 'Overdue')}
        value={more.overdue}
        to={to('overdue', 'raw')}
        tone={more.overdue_open > 0 ? 'bad' : 'plain'}
        note={t(`其中未办结 ${more.overdue_open}`, `${more.overdue_open} still open`)}
      />
    </StatRow>
  )
}
