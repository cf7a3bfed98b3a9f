import { type Text, text } from '@/i18n/text'
import type { TableRow } from './returnApi'

/** A row that somebody begins. */
export const emptyRow: TableRow = {
  key: '',
  group: '',
  label: '',
  unit: '',
  way: 'typed',
  decimals: 0,
  money: '',
  distinct: false,
  stock: false,
  at_most: [],
}

/** What an amount is typed in. */
export const moneys: Record<TableRow['money'], Text> = {
  '': text('不是金额', 'No amount'),
  yuan: text('元', '元 (yuan)'),
  wan: text('万元', '万元 (10,000 yuan)'),
}

/** What is particular about a row, in a few words, as its line shows it. */
export function marksOfRow(row: TableRow, labelOf: (key: string) => string): Text[] {
  const marks: (Text | false)[] = [
    row.distinct && text('去重', 'different things'),
    row.stock && text('时点数', 'as of a day'),
    row.money === '' &&
      row.decimals > 0 &&
      text(`${row.decimals} 位小数`, `${row.decimals} decimals`),
    !!row.parent && text(`属于“${labelOf(row.parent)}”`, `part of ${labelOf(row.parent)}`),
    ...row.at_most.map((bound) =>
      text(`不大于“${labelOf(bound.row)}”`, `at most ${labelOf(bound.row)}`),
    ),
  ]
  return marks.filter((mark) => mark !== false)
}
