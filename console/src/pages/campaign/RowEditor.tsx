import { Checkbox, Input, InputNumber, Select } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { Labelled } from '@/pages/forms/Labelled'
import { RowBounds } from './RowBounds'
import { RowFigure } from './RowFigure'
import type { TableRow } from './returnApi'
import { ways } from './returnWords'
import { moneys } from './rowWords'

export interface RowEditorProps {
  row: TableRow
  /** The other rows of the table. */
  others: TableRow[]
  change: (part: Partial<TableRow>) => void
}

/** Everything that can be said of a row. */
export function RowEditor(props: RowEditorProps) {
  return (
    <div className="qf-table-editor">
      <div className="qf-plan-row">
        <Names {...props} />
        <Source {...props} />
        <Measure {...props} />
      </div>
      <Nature {...props} />
      {props.row.way === 'figure' && <RowFigure {...props} />}
      {props.row.way !== 'share' && <RowBounds {...props} />}
    </div>
  )
}

function Names({ row, change }: RowEditorProps) {
  const t = useT()
  const texts = [
    { name: 'label', label: t('指标名称', 'Name') },
    { name: 'key', label: t('代码', 'Key') },
    { name: 'group', label: t('类别', 'Group') },
    { name: 'unit', label: t('计量单位', 'Unit') },
  ] as const
  return texts.map(({ name, label }) => (
    <Labelled
      key={name}
      label={label}
      extra={name === 'key' && t('小写字母、数字、下划线', 'small letters, digits, underscores')}
    >
      <Input
        value={row[name]}
        maxLength={limits.CampaignRow[name]}
        onChange={({ target }) => change({ [name]: target.value })}
      />
    </Labelled>
  ))
}

/** Where the numbers come from, and of which rows they are made. */
function Source({ row, others, change }: RowEditorProps) {
  const t = useT()
  const rows = optionsOf(others.filter((one) => one.way !== 'share'))
  const pick = (name: 'part' | 'whole' | 'parent', label: string) => (
    <Labelled label={label}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        options={rows}
        value={row[name] || null}
        onChange={(key) => change({ [name]: key ?? '' })}
      />
    </Labelled>
  )
  return (
    <>
      <Labelled label={t('数据来源', 'From')}>
        <Select
          options={Object.entries(ways).map(([value, name]) => ({ value, label: t(name) }))}
          value={row.way}
          onChange={(way) => change({ way })}
        />
      </Labelled>
      {row.way === 'share' ? (
        <>
          {pick('part', t('分子', 'Numerator'))}
          {pick('whole', t('分母', 'Denominator'))}
        </>
      ) : (
        pick('parent', t('是哪一行的分项', 'Part of which row'))
      )}
    </>
  )
}

/** In what it is counted. */
function Measure({ row, change }: RowEditorProps) {
  const t = useT()
  return (
    <>
      {row.way !== 'share' && (
        <Labelled label={t('金额', 'Amount')}>
          <Select
            options={Object.entries(moneys).map(([value, name]) => ({ value, label: t(name) }))}
            value={row.money}
            onChange={(money) => change({ money, ...unitOf[money] })}
          />
        </Labelled>
      )}
      {row.money === '' && (
        <Labelled label={t('小数位数', 'Decimals')}>
          <InputNumber
            className="qf-wide"
            min={0}
            max={6}
            precision={0}
            value={row.decimals}
            onChange={(decimals) => change({ decimals: decimals ?? 0 })}
          />
        </Labelled>
      )}
    </>
  )
}

/** The unit that an amount has. */
const unitOf: Record<TableRow['money'], Partial<TableRow>> = {
  '': {},
  yuan: { unit: '元', decimals: 0 },
  wan: { unit: '万元', decimals: 0 },
}

/** Whether it can be added up, and whether it may fall. */
function Nature({ row, change }: RowEditorProps) {
  const t = useT()
  if (row.way === 'share') return null
  return (
    <div className="qf-table-nature">
      <Checkbox
        checked={row.distinct}
        onChange={({ target }) => change({ distinct: target.checked })}
      >
        {t(
          '去重计数：各级分别统计，不把下级的数相加',
          'Different things: never the sum of those below',
        )}
      </Checkbox>
      <Checkbox checked={row.stock} onChange={({ target }) => change({ stock: target.checked })}>
        {t('时点数：反映某日的状况，累计数可以减少', 'As of a day: the cumulative number may fall')}
      </Checkbox>
    </div>
  )
}

/** Rows to choose from, by what they are called. */
export function optionsOf(rows: TableRow[]) {
  return rows
    .filter((row) => row.key)
    .map((row) => ({ value: row.key, label: `${row.label}（${row.unit}）` }))
}
