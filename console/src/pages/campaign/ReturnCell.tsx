import { Input } from 'antd'
import type { KeyboardEvent } from 'react'
import { useT } from '@/i18n/useT'
import { added } from './added'
import { Shown } from './ReturnShown'
import type { Typing } from './ReturnTable'
import type { Line, ReturnDetail } from './returnApi'
import { type Fault, faultsAt } from './returnFaults'
import { numberColumns } from './returnWords'

interface CellProps {
  of: ReturnDetail
  line: Line
  column: number
  typing: Typing
}

/** A number that is typed; where others report below, as the own part beside theirs and the whole. */
export function ReturnCell({ of, line, column, typing }: CellProps) {
  const t = useT()
  const { key, title } = numberColumns[column] ?? numberColumns[0]
  const label = `${line.label} ${line.unit} ${t(title)}`
  const typed = typing.rows[line.key]?.[key] ?? ''
  const box = (name: string, prefix?: string) => (
    <Input
      size="small"
      prefix={prefix}
      inputMode="decimal"
      data-column={column}
      className="qf-return-cell"
      value={typed}
      placeholder={column === 1 && line.own_before ? `≥ ${line.own_before}` : ''}
      aria-label={name}
      onChange={(event) => typing.change(line.key, { [key]: event.target.value })}
      onFocus={(event) => event.target.select()}
      onKeyDown={walk}
      {...invalid(faultsAt(typing.faults, `rows.${line.key}.${key}`))}
    />
  )
  if (of.below.length === 0) return box(label)
  // Different things are never summed: each level types those of its whole region.
  const own = line.distinct ? t('全辖', 'whole region') : t('本级', 'own')
  const below = line.below[column] ?? ''
  return (
    <div className="qf-return-sum">
      {box(t(`${label}（${own}）`, `${label} (${own})`), own)}
      {!line.distinct && (
        <>
          <span className="qf-faint">{t('下级汇总', 'below')}</span>
          <div>
            <Shown of={of} line={line} column={column} value={below} />
          </div>
          <span>{t('上报合计', 'reported')}</span>
          <strong>{added(typed, below) || '—'}</strong>
        </>
      )}
    </div>
  )
}

/** How a box says that something is wrong with it. */
export function invalid(faults: Fault[]) {
  return faults.length > 0 ? ({ status: 'error', 'aria-invalid': true } as const) : {}
}

/** Enter and the arrows go up and down a column, as in a spreadsheet. */
function walk(event: KeyboardEvent<HTMLInputElement>) {
  const by = event.key === 'ArrowUp' ? -1 : ['Enter', 'ArrowDown'].includes(event.key) ? 1 : 0
  if (by === 0) return
  event.preventDefault()
  const input = event.currentTarget
  const all = [
    ...(input
      .closest('table')
      ?.querySelectorAll<HTMLInputElement>(`input[data-column="${input.dataset.column}"]`) ?? []),
  ]
  all[all.indexOf(input) + by]?.focus()
}
