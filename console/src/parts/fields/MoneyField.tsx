import { InputNumber, Space } from 'antd'
import { useT } from '@/i18n/useT'
import { toFen } from './fen'

interface MoneyFieldProps {
  id?: string
  /** An amount in 分. */
  value?: number
  onChange?: (fen: number | undefined) => void
}

/** An amount: typed in 元 with its unit beside it, kept in whole 分. */
export function MoneyField({ id, value, onChange }: MoneyFieldProps) {
  const t = useT()
  return (
    <Space.Compact block>
      <InputNumber
        {...(id && { id })}
        className="qf-wide"
        min={0}
        precision={2}
        value={value === undefined ? null : value / 100}
        onChange={(yuan) => onChange?.(yuan === null ? undefined : toFen(yuan))}
      />
      <Space.Addon>{t('元', 'yuan')}</Space.Addon>
    </Space.Compact>
  )
}
