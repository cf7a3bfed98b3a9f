import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useT } from '@/i18n/useT'
import type { Column } from './column'
import type { ColumnChoice } from './useColumns'

interface ColumnPickerProps<Row> {
  columns: Column<Row>[]
  choice: ColumnChoice<Row>
}

/** Chooses which columns are shown. */
export function ColumnPicker<Row>({ columns, choice }: ColumnPickerProps<Row>) {
  const t = useT()
  const boxes = (
    <Checkbox.Group
      className="qf-column-boxes"
      value={choice.keys}
      onChange={choice.choose}
      options={columns.map((column) => ({
        value: column.key,
        label: column.title,
        disabled: column.primary ?? false,
      }))}
    />
  )
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('显示的列', 'Columns')}
      content={boxes}
    >
      <Button icon={<SettingOutlined />} aria-label={t('选择显示的列', 'Choose columns')} />
    </Popover>
  )
}
