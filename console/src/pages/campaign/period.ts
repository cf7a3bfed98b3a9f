import { type Text, text } from '@/i18n/text'

/** A period as people call it: a month where it is one, else its two days. */
export function periodText(start: string, end: string): Text {
  const [year, month] = start.split('-').map(Number)
  if (!year || !month || !start.endsWith('-01') || end !== lastOf(year, month)) {
    return text(`${start} 至 ${end}`, `${start} – ${end}`)
  }
  return text(`${year}年${month}月`, `${start.slice(0, 7)}`)
}

/** The last day of a month. */
function lastOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}
