import { useQuery } from '@tanstack/react-query'
import { Checkbox, Select } from 'antd'
import { useT } from '@/i18n/useT'
import { Labelled } from '@/pages/forms/Labelled'
import type { RowEditorProps } from './RowEditor'
import { campaignItself, figures } from './rowApi'

/** Which published figure fills a row, and to what it is narrowed. */
export function RowFigure({ row, change }: RowEditorProps) {
  const t = useT()
  const known = (useQuery(figures).data ?? []).filter((one) => one.way !== 'share')
  const figure = known.find((one) => one.name === row.figure)
  const dims = row.dims ?? {}
  const narrow = (name: string, values: string[]) => {
    const { [name]: _, ...rest } = dims
    change({ dims: values.length > 0 ? { ...rest, [name]: values } : rest })
  }
  const others = (figure?.dims ?? []).filter((dim) => dim.name !== 'campaign')
  return (
    <div className="qf-plan-row">
      <Labelled
        label={t('系统数据', 'Figure')}
        extra={
          figure
            ? t(figure.basis)
            : row.figure &&
              t('系统还没有这项数据，由各单位填报', 'Nobody publishes it yet; units type it')
        }
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={known.map((one) => ({
            value: one.name,
            label: t(`${one.text.zh}（${one.unit.zh}）`, `${one.text.en} (${one.unit.en})`),
          }))}
          value={row.figure || null}
          onChange={(name) => change({ figure: name ?? '', dims: {} })}
        />
      </Labelled>
      <Labelled label={t('范围', 'Of')}>
        <Checkbox
          checked={dims.campaign?.includes(campaignItself) ?? false}
          onChange={({ target }) => narrow('campaign', target.checked ? [campaignItself] : [])}
        >
          {t('只算本专项', 'This campaign alone')}
        </Checkbox>
      </Labelled>
      {others.map((dim) => (
        <Labelled
          key={dim.name}
          label={t(`限于：${dim.text.zh}`, `Narrowed to: ${dim.text.en}`)}
          extra={t('填代码，可填几个；不填为全部', 'Codes, one or more; none is all')}
        >
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            value={dims[dim.name] ?? []}
            onChange={(values: string[]) => narrow(dim.name, values)}
          />
        </Labelled>
      ))}
    </div>
  )
}
