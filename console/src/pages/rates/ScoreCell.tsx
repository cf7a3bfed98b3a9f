import { Tooltip } from 'antd'
import { useT } from '@/i18n/useT'
import { showScore } from './figures'
import type { RatesRow } from './ratesApi'

/** A score as it is assessed, with the raw one and, after a sign-off, what it would be now. */
export function ScoreCell({ row }: { row: RatesRow }) {
  const t = useT()
  return (
    <div className="qf-rate">
      <strong className="qf-number">{showScore(row.assessed.score)}</strong>
      {row.raw && (
        <span className="qf-faint qf-number">
          {t('原始', 'raw')} {showScore(row.raw.score)}
        </span>
      )}
      {row.correction && (
        <Tooltip
          title={t(
            '签发后有诉求发生变化，按现在的数据应为此值',
            'Cases changed after the sign-off; this is what it would be now',
          )}
        >
          <span className="qf-faint qf-number">
            {t('更正', 'now')} {showScore(row.correction.assessed.score)}
          </span>
        </Tooltip>
      )}
    </div>
  )
}
