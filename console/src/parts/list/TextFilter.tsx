import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useState } from 'react'

interface TextFilterProps {
  label: string
  value: string
  onChange: (value: string | undefined) => void
}

/** A text filter; it takes effect on Enter, on leaving the field and on clearing it. */
export function TextFilter({ label, value, onChange }: TextFilterProps) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const commit = (text: string) => {
    if (text.trim() !== value) onChange(text.trim() || undefined)
  }
  return (
    <Input
      className="qf-filter-input"
      aria-label={label}
      placeholder={label}
      prefix={<SearchOutlined />}
      allowClear
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onClear={() => commit('')}
      onPressEnter={() => commit(typed)}
      onBlur={() => commit(typed)}
    />
  )
}
