import { MoneyBox } from './MoneyBox'

interface MoneyFieldProps {
  id?: string
  /** An amount in 分. */
  value?: number
  onChange?: (fen: number | undefined) => void
}

/** An amount: typed in 元 with its unit beside it, kept in whole 分. */
export function MoneyField({ id, value, onChange }: MoneyFieldProps) {
  return <MoneyBox id={id} value={value} onChange={(fen) => onChange?.(fen)} strict />
}
