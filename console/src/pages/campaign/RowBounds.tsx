import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Select } from 'antd'
import { useT } from '@/i18n/useT'
import { optionsOf, type RowEditorProps } from './RowEditor'

/** The rows than which one is never more, or more only with a remark. */
export function RowBounds({ row, others, change }: RowEditorProps) {
  const t = useT()
  const set = (nth: number, part: { row?: string; soft?: boolean }) =>
    change({ at_most: row.at_most.map((one, i) => (i === nth ? { ...one, ...part } : one)) })
  return (
    <fieldset className="qf-table-bounds">
      <legend>{t('不大于', 'At most')}</legend>
      {row.at_most.map((bound, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bound has nothing else that names it.
        <div key={nth} className="qf-table-bound">
          <Select
            aria-label={t(`不大于哪一行（${nth + 1}）`, `At most which row (${nth + 1})`)}
            placeholder={t('选择一行', 'Choose a row')}
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            options={optionsOf(others.filter((one) => one.way !== 'share'))}
            value={bound.row || null}
            onChange={(key) => set(nth, { row: key ?? '' })}
          />
          <Checkbox
            checked={bound.soft}
            onChange={({ target }) => set(nth, { soft: target.checked })}
          >
            {t('超过时写明备注即可', 'a remark is enough where it is more')}
          </Checkbox>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t(`删除第 ${nth + 1} 项`, `Remove number ${nth + 1}`)}
            onClick={() => change({ at_most: row.at_most.filter((_, i) => i !== nth) })}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        disabled={row.at_most.length >= mostBounds}
        onClick={() => change({ at_most: [...row.at_most, { row: '', soft: false }] })}
      >
        {t('加一项', 'Add one')}
      </Button>
    </fieldset>
  )
}

/** As many as the server takes. */
const mostBounds = 10
