import { useT } from '@/i18n/useT'
import { showPercent } from './figures'
import type { DrillRows } from './ratesApi'

interface DrillFigureProps {
  page: DrillRows
  measure: string
}

/** The figure that one came from: how many cases, or the division that a rate is. */
export function DrillFigure({ page, measure }: DrillFigureProps) {
  const t = useT()
  const { total, fraction } = page
  if (total !== undefined) {
    return <p className="qf-rates-formula">{t(`共 ${total} 件`, `${total} cases`)}</p>
  }
  if (!fraction) return null
  const { numerator, denominator, full, basic, factor, rate } = fraction
  const sum =
    measure === 'satisfaction'
      ? t(
          `（满意 ${full} + 基本满意 ${basic} × ${factor}）`,
          `(${full} satisfied + ${basic} basically satisfied × ${factor}) `,
        )
      : `${full} `
  return (
    <p className="qf-rates-formula">
      <strong className="qf-number">
        {numerator} ÷ {denominator} = {showPercent(rate?.value)}
      </strong>
      <br />
      {t(
        `${sum}÷ 有效样本 ${denominator} 件。有效样本是三问都答了的回访；考核口径还包括超期未办结的，不包括剔除的和不考核的类别。它们在下面列出，“计入”一栏写着原因。`,
        `${sum}÷ ${denominator} valid samples: call-backs with all three answers; among the assessed also cases that are open past their deadline, but none that is excluded or of a class that is not assessed. Those stand below too, with the reason under “Counts”.`,
      )}
    </p>
  )
}
