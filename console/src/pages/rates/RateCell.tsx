import { useT } from '@/i18n/useT'
import { InnerLink } from '@/url/InnerLink'
import { showInterval, showPercent } from './figures'
import type { Rate } from './ratesApi'

interface RateCellProps {
  assessed: Rate | undefined
  raw: Rate | undefined
  /** Few call-backs stand behind it: show how far it can be trusted. */
  uncertain: boolean
  /** The cases behind it; undefined where the person may not see them. */
  to: string | undefined
}

/** A rate as it is assessed, with the raw one beside it and the interval where the sample is small. */
export function RateCell({ assessed, raw, uncertain, to }: RateCellProps) {
  const t = useT()
  const shown = showPercent(assessed?.value)
  return (
    <div className="qf-rate">
      <span className="qf-number">
        {to && assessed ? <InnerLink to={to}>{shown}</InnerLink> : shown}
      </span>
      {raw && (
        <span className="qf-faint qf-number">
          {t('原始', 'raw')} {showPercent(raw.value)}
        </span>
      )}
      {assessed && uncertain && (
        <span
          className="qf-faint qf-number"
          title={t(
            '样本较少，真实值有 95% 的把握落在此区间',
            'Few call-backs: with 95 % confidence the true rate lies in this interval',
          )}
        >
          {showInterval(assessed)}
        </span>
      )}
    </div>
  )
}
