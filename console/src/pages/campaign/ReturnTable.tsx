import { Input } from 'antd'
import { Fragment, type KeyboardEvent } from 'react'
import { useT } from '@/i18n/useT'
import { InnerLink } from '@/url/InnerLink'
import type { Line, ReturnDetail, TypedRow } from './returnApi'
import { numberColumns, ways } from './returnWords'
import './returns.css'

/** What is being typed, by row, with what the server says against it. */
export interface Typing {
  rows: Record<string, TypedRow>
  wrong: Record<string, string[]>
  change: (key: string, change: Partial<TypedRow>) => void
}

/** The statistics table: read, or typed into. */
export function ReturnTable({ of, typing }: { of: ReturnDetail; typing?: Typing }) {
  const t = useT()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by the arrows.
    <section className="qf-return-scroll" aria-label={t('统计表', 'Table')} tabIndex={0}>
      <table className="qf-return-table">
        <thead>
          <tr>
            <th scope="col">{t('指标', 'Row')}</th>
            <th scope="col">{t('单位', 'Unit')}</th>
            {numberColumns.map((column) => (
              <th key={column.key} scope="col" className="qf-return-number">
                {t(column.title)}
              </th>
            ))}
            <th scope="col" className="qf-return-number">
              {t('同比 %', 'Growth %')}
            </th>
            <th scope="col">{t('备注', 'Remark')}</th>
          </tr>
        </thead>
        <tbody>
          {of.lines.map((line, i) => (
            <Fragment key={line.key}>
              {line.group && line.group !== of.lines[i - 1]?.group && (
                <tr>
                  <th colSpan={7} scope="colgroup" className="qf-return-group">
                    {line.group}
                  </th>
                </tr>
              )}
              <TableLine of={of} line={line} {...(typing && { typing })} />
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function TableLine({ of, line, typing }: { of: ReturnDetail; line: Line; typing?: Typing }) {
  const t = useT()
  const says = [
    ...of.violations.filter((one) => one.row === line.key).map((one) => t(one.text)),
    ...(typing?.wrong[line.key] ?? []),
  ]
  return (
    <>
      <tr>
        <th scope="row">
          {line.label} <span className="qf-return-unit qf-faint">{line.unit}</span>
          {line.way !== 'typed' && (
            <span className="qf-faint">
              {' '}
              {t(ways[line.typed ? 'typed' : line.way] ?? { zh: '', en: '' })}
            </span>
          )}
        </th>
        <td>{line.unit}</td>
        {numberColumns.map((column, i) => (
          <td key={column.key} className="qf-return-number">
            {typing && line.typed ? (
              <>
                <Cell line={line} column={i} typing={typing} />
                {of.below.length > 0 && !line.distinct && (
                  <div className="qf-faint">
                    {t('汇总 ', 'sum ')}
                    <Shown of={of} line={line} column={i} />
                  </div>
                )}
              </>
            ) : (
              <Shown of={of} line={line} column={i} />
            )}
          </td>
        ))}
        <td className="qf-return-number">{line.growth || '—'}</td>
        <td>
          {typing ? (
            <Input
              size="small"
              value={typing.rows[line.key]?.remark ?? ''}
              aria-label={t(`${line.label} 备注`, `${line.label}: remark`)}
              onChange={(event) => typing.change(line.key, { remark: event.target.value })}
            />
          ) : (
            line.remark
          )}
        </td>
      </tr>
      {says.length > 0 && (
        <tr>
          <td colSpan={7} className="qf-return-wrong" role="alert">
            {[...new Set(says)].map((one) => (
              <div key={one}>{one}</div>
            ))}
          </td>
        </tr>
      )}
    </>
  )
}

function Cell({ line, column, typing }: { line: Line; column: number; typing: Typing }) {
  const t = useT()
  const { key, title } = numberColumns[column] ?? numberColumns[0]
  return (
    <Input
      size="small"
      inputMode="decimal"
      data-column={column}
      className="qf-return-cell"
      value={typing.rows[line.key]?.[key] ?? ''}
      placeholder={column === 1 && line.before ? `≥ ${line.before}` : ''}
      aria-label={`${line.label} ${line.unit} ${t(title)}`}
      onChange={(event) => typing.change(line.key, { [key]: event.target.value })}
      onFocus={(event) => event.target.select()}
      onKeyDown={walk}
    />
  )
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

/** A number with the way to what stands behind it. */
function Shown({ of, line, column }: { of: ReturnDetail; line: Line; column: number }) {
  const value = line.values[column] || '—'
  const behind = line.source[column]
  if (behind) {
    return (
      <InnerLink
        to={`/campaign/list/${of.campaign}/returns/${of.id}/rows/${line.key}/figures/${column}`}
      >
        {value}
      </InnerLink>
    )
  }
  if (line.typed && of.below.length > 0 && value !== '—') {
    return (
      <InnerLink to={`/campaign/list/${of.campaign}/returns/${of.id}/rows/${line.key}`}>
        {value}
      </InnerLink>
    )
  }
  return <>{value}</>
}
