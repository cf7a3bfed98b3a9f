import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Card, Form } from 'antd'
import { useT } from '@/i18n/useT'
import { PartField } from './PartField'
import type { Field } from './settingSpec'
import './system.css'

type Row = Record<string, unknown>

interface RowsFieldProps {
  columns: Field[]
  value?: Row[]
  onChange?: (rows: Row[]) => void
}

/** The rows of a table of rules, of which the first that matches holds: changed, moved, added, taken away. */
export function RowsField({ columns, value = [], onChange }: RowsFieldProps) {
  const t = useT()
  const change = (rows: Row[]) => onChange?.(rows)
  const set = (at: number, name: string, to: unknown) =>
    change(value.map((row, i) => (i === at ? withPart(row, name, to) : row)))
  return (
    <div className="qf-rules">
      {value.map((row, at) => (
        <Card
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and what is typed lives in the value.
          key={at}
          size="small"
          title={`${at + 1}. ${String(row.name ?? '')}`}
          extra={
            <RowButtons
              first={at === 0}
              last={at === value.length - 1}
              onMove={(by) => change(moved(value, at, by))}
              onRemove={() => change(value.filter((_, i) => i !== at))}
            />
          }
        >
          <div className="qf-rule">
            {columns.map((column) => (
              <Form.Item
                key={column.name}
                label={t(column.label)}
                {...(column.hint && { extra: t(column.hint) })}
              >
                <PartField
                  part={column}
                  label={t(column.label)}
                  value={row[column.name]}
                  onChange={(to) => set(at, column.name, to)}
                />
              </Form.Item>
            ))}
          </div>
        </Card>
      ))}
      <Button onClick={() => change([newRow(columns), ...value])}>
        {t('在最前面加一条规则', 'Add a row at the top')}
      </Button>
    </div>
  )
}

interface RowButtonsProps {
  first: boolean
  last: boolean
  onMove: (by: number) => void
  onRemove: () => void
}

function RowButtons({ first, last, onMove, onRemove }: RowButtonsProps) {
  const t = useT()
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={t('上移', 'Move up')}
        disabled={first}
        onClick={() => onMove(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={t('下移', 'Move down')}
        disabled={last}
        onClick={() => onMove(1)}
      />
      <Button
        type="text"
        size="small"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('删除', 'Remove')}
        onClick={onRemove}
      />
    </>
  )
}

/** The row with one part changed; a list without entries is left out, as it means all. */
export function withPart(row: Row, name: string, to: unknown): Row {
  const { [name]: _, ...others } = row
  return to === undefined || (Array.isArray(to) && to.length === 0)
    ? others
    : { ...row, [name]: to }
}

/** The rows with one of them moved up or down. */
export function moved(rows: Row[], at: number, by: number): Row[] {
  const next = rows.filter((_, i) => i !== at)
  const row = rows[at]
  if (row) next.splice(at + by, 0, row)
  return next
}

const startOf: Partial<Record<Field['kind'], unknown>> = { limit: '1d', percent: 0 }

function newRow(columns: Field[]): Row {
  return Object.fromEntries(
    columns.filter(({ kind }) => kind in startOf).map(({ kind, name }) => [name, startOf[kind]]),
  )
}
