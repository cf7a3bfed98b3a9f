import { useT } from '@/i18n/useT'
import { type MoneyUnit, showMoney } from './money'

interface MoneyProps {
  /** An amount in 分; undefined shows a dash. */
  fen: number | undefined
  unit?: MoneyUnit
  /** Outside tables, where no header names the unit. */
  withUnit?: boolean
}

/** An amount. In tables the unit stands in the header: `金额（元）`. */
export function Money({ fen, unit = 'yuan', withUnit = false }: MoneyProps) {
  const t = useT()
  if (fen === undefined) return <span>—</span>
  const unitName = unit === 'yuan' ? t(' 元', ' yuan') : t(' 万元', ' ×10,000 yuan')
  return (
    <span className="qf-number">
      {showMoney(fen, unit)}
      {withUnit && unitName}
    </span>
  )
}
