import { Tooltip } from 'antd'
import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import { showPlaces } from './figures'
import type { RatesRow } from './ratesApi'

/** The rank of a row, or why it has none. */
export function Standing({ row, minSample }: { row: RatesRow; minSample: number }) {
  const t = useT()
  if (row.standing === 'ranked') {
    return (
      <span className="qf-number">
        <strong>{row.rank}</strong>{' '}
        <span
          className="qf-faint"
          title={t('与上期相比的名次变化', 'Places since the window before')}
        >
          {showPlaces(row.last.rank)}
        </span>
      </span>
    )
  }
  if (row.standing === 'none') return <StateTag>{t('无考核数据', 'No data')}</StateTag>
  return (
    <Tooltip
      title={t(
        `有效样本（有效回访和计入考核的超期未办结）少于 ${minSample} 件，只列数据，不参加排名。`,
        `Fewer than ${minSample} valid samples (call-backs, and overdue cases that count): shown, but not ranked.`,
      )}
    >
      <span>
        <StateTag>{t('样本少', 'Few')}</StateTag>
      </span>
    </Tooltip>
  )
}
