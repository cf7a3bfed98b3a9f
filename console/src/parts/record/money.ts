/** In what an amount is shown. */
export type MoneyUnit = 'yuan' | 'wan'

const fenIn: Record<MoneyUnit, number> = { yuan: 100, wan: 1_000_000 }

/** Writes an amount of 分 with two decimals and grouped digits, without its unit. */
export function showMoney(fen: number, unit: MoneyUnit = 'yuan'): string {
  return (fen / fenIn[unit]).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
}
