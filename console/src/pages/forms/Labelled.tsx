import { Form } from 'antd'
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'

interface LabelledProps {
  label: string
  extra?: ReactNode
  children: ReactElement<{ id?: string }>
}

/** One control with its label, outside of any form that is sent. */
export function Labelled({ label, extra, children }: LabelledProps) {
  const id = useId()
  return (
    <Form.Item label={label} htmlFor={id} extra={extra}>
      {cloneElement(children, { id })}
    </Form.Item>
  )
}
