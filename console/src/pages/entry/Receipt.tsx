import { Typography } from 'antd'

interface ReceiptProps {
  /** Sixteen digits. */
  digits: string
  className?: string
}

/** A receipt number in groups of four, as it is read out; copied without the spaces. */
export function Receipt({ digits, className }: ReceiptProps) {
  return (
    <Typography.Text copyable={{ text: digits }} className={className}>
      {digits.replace(/(\d{4})(?=\d)/g, '$1 ')}
    </Typography.Text>
  )
}
