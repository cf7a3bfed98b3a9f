import { Input } from 'antd'
import type { ChangeEvent, CSSProperties } from 'react'

interface LongTextProps {
  id?: string
  value?: string
  onChange?: (event: ChangeEvent<HTMLTextAreaElement>) => void
  /** Its height while there is little text; it grows with what is typed. */
  rows?: number
  placeholder?: string
  autoFocus?: boolean
}

/**
 * Text of several lines. It grows by CSS: Ant Design's own `autoSize` measures with a style
 * attribute, which the content security policy forbids.
 */
export function LongText({ rows = 3, ...rest }: LongTextProps) {
  return (
    <Input.TextArea
      {...rest}
      rows={rows}
      classNames={{ textarea: 'qf-long-text' }}
      styles={{ textarea: { '--qf-rows': rows } as CSSProperties }}
    />
  )
}
