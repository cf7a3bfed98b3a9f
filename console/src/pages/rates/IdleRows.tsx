import { useT } from '@/i18n/useT'
import type { RatesRow } from './ratesApi'

/** The rows about which there is something to say. */
export function withData(rows: RatesRow[]): RatesRow[] {
  return rows.filter((row) => !isIdle(row))
}

// A peer's row shows no counts; without rates there is nothing in it either.
function isIdle({ standing, raw, more }: RatesRow): boolean {
  return standing === 'none' && !raw?.counts?.received && !raw?.counts?.finished && !more?.reserved
}

/** Those without a case in one line, that can be opened; on paper it stays one line. */
export function IdleRows({ rows }: { rows: RatesRow[] }) {
  const t = useT()
  const idle = rows.filter(isIdle)
  if (idle.length === 0) return null
  return (
    <details className="qf-rates-idle">
      <summary>
        {t(
          `另有 ${idle.length} 行本期没有诉求`,
          `${idle.length} more rows had no case in this time`,
        )}
      </summary>
      <p className="qf-faint">{idle.map(({ name }) => name).join(t('、', ', '))}</p>
    </details>
  )
}
