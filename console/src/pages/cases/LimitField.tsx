import { InputNumber, Select, Space } from 'antd'
import { useT } from '@/i18n/useT'

interface LimitFieldProps {
  id?: string
  /** Says what is limited, where no form label does. */
  label?: string | undefined
  /** A length of time as the server writes it: `5wd`. */
  value?: string
  onChange?: (limit: string) => void
}

/** A length of time: a number and what it counts. */
export function LimitField({ id, label, value = '1wd', onChange }: LimitFieldProps) {
  const t = useT()
  const [, n = '1', unit = 'wd'] = /^(\d+)(h|d|wd|wh)$/.exec(value) ?? []
  return (
    <Space.Compact block>
      <InputNumber
        {...(id && { id })}
        aria-label={label}
        className="qf-wide"
        min={1}
        max={3660}
        precision={0}
        value={Number(n)}
        onChange={(next) => onChange?.(`${next ?? 1}${unit}`)}
      />
      <Select
        aria-label={t('单位', 'Unit')}
        value={unit}
        onChange={(next) => onChange?.(`${n}${next}`)}
        popupMatchSelectWidth={false}
        options={[
          { value: 'wd', label: t('个工作日', 'working days') },
          { value: 'd', label: t('天', 'days') },
          { value: 'h', label: t('小时', 'hours') },
          { value: 'wh', label: t('个工作小时', 'working hours') },
        ]}
      />
    </Space.Compact>
  )
}
