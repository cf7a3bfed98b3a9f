import { Progress } from 'antd'
import { useT } from '@/i18n/useT'
import type { InstitutionCoverage } from './codeApi'
import './codes.css'

/** How many of some places have a live code: as a share and as two numbers. */
export function Covered({ of }: { of: InstitutionCoverage['total'] }) {
  const t = useT()
  if (of.places === 0) return <span className="qf-faint">{t('没有地点', 'No places')}</span>
  const share = Math.floor((100 * of.live) / of.places)
  return (
    <span className="qf-covered">
      <Progress
        percent={share}
        size="small"
        showInfo={false}
        aria-label={t(`已覆盖 ${share}%`, `${share}% covered`)}
      />
      <span className="qf-number">
        {of.live}/{of.places}
      </span>
    </span>
  )
}
