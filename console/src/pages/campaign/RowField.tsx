import { DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Form, Tag } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { RowEditor } from './RowEditor'
import type { TableRow } from './returnApi'
import { ways } from './returnWords'
import { emptyRow, marksOfRow } from './rowWords'

interface RowFieldProps {
  id?: string
  value?: TableRow
  onChange?: (row: TableRow) => void
  /** Which row it is, from 0. */
  nth: number
  onRemove: () => void
  onUp: () => void
}

/** A row of the table in one line, opened to be changed; what is refused stands below it. */
export function RowField({ id, value = emptyRow, onChange, nth, onRemove, onUp }: RowFieldProps) {
  const t = useT()
  const [open, setOpen] = useState(value.label === '')
  const form = Form.useFormInstance()
  const labelOf = (key: string) => {
    const rows: TableRow[] = form.getFieldValue('rows') ?? []
    return rows.find((row) => row.key === key)?.label ?? key
  }
  const name = value.label || t('未命名', 'Without a name')
  const source = ways[value.way] ?? { zh: value.way, en: value.way }
  return (
    <div id={id}>
      <div className="qf-table-line">
        <span className="qf-faint">{nth + 1}</span>
        <span className="qf-table-name">
          {value.group && <span className="qf-faint">{value.group} · </span>}
          {name}
          {value.unit && t(`（${value.unit}）`, ` (${value.unit})`)}
          <span className="qf-table-marks">
            <Tag>{t(source)}</Tag>
            {marksOfRow(value, labelOf).map((mark) => (
              <Tag key={mark.zh}>{t(mark)}</Tag>
            ))}
          </span>
        </span>
        <span className="qf-table-buttons">
          <Button
            type="text"
            size="small"
            icon={<EditOutlined />}
            aria-expanded={open}
            aria-label={t(`修改“${name}”`, `Change ${name}`)}
            onClick={() => setOpen(!open)}
          />
          <Button
            type="text"
            size="small"
            disabled={nth === 0}
            aria-label={t(`上移“${name}”`, `Move ${name} up`)}
            onClick={onUp}
          >
            ↑
          </Button>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t(`删除“${name}”`, `Remove ${name}`)}
            onClick={onRemove}
          />
        </span>
      </div>
      {open && (
        <RowEditor
          row={value}
          others={(form.getFieldValue('rows') as TableRow[]).filter((row) => row !== value)}
          change={(part) => onChange?.({ ...value, ...part })}
        />
      )}
    </div>
  )
}
