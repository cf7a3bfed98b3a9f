import { Input } from 'antd'
import { Fragment } from 'react'
import { useT } from '@/i18n/useT'
import { invalid, ReturnCell } from './ReturnCell'
import { Shown } from './ReturnShown'
import type { Line, ReturnDetail, TypedRow } from './returnApi'
import { broken, type Fault, faultsAt } from './returnFaults'
import { numberColumns, ways } from './returnWords'
import './returns.css'

/** What is being typed, by row, with what the server says against it. */
export interface Typing {
  rows: Record<string, TypedRow>
  faults: Fault[]
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
            <th scope="col" className="qf-return-name">
              {t('指标', 'Row')}
            </th>
            <th scope="col" className="qf-return-measure">
              {t('单位', 'Unit')}
            </th>
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
  const faults = faultsAt(typing?.faults ?? broken(of.violations, t), `rows.${line.key}`)
  const says = faults.map((one) => one.text)
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
        <td className="qf-return-measure">{line.unit}</td>
        {numberColumns.map((column, i) => (
          <td key={column.key} className="qf-return-number">
            {typing && line.typed ? (
              <ReturnCell of={of} line={line} column={i} typing={typing} />
            ) : (
              <Shown of={of} line={line} column={i} value={line.values[i] ?? ''} />
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
              {...invalid(faultsAt(faults, `rows.${line.key}.remark`))}
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
