import { Checkbox, Input, InputNumber, Radio, Select, Space } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import { DateField } from '@/parts/fields/DateField'
import { FilesField } from '@/parts/fields/FilesField'
import { InstitutionPicker } from '@/parts/fields/InstitutionPicker'
import { LongText } from '@/parts/fields/LongText'
import { MoneyBox } from '@/parts/fields/MoneyBox'
import { PlacePicker } from '@/parts/fields/PlacePicker'
import { AnswerValue } from './AnswerValue'
import { unitOf } from './check'
import { type Person, PersonField } from './PersonField'
import { type Signature, SignatureField } from './SignatureField'
import { type Field, offered } from './schema'

interface AnswerFieldProps {
  field: Field
  /** The identifier of the control that the label belongs to. */
  id: string
  value: unknown
  onChange: (value: unknown) => void
}

/** Where one question is answered. */
export function AnswerField({ field, id, value, onChange }: AnswerFieldProps) {
  switch (field['x-kind']) {
    case 'text':
      return <TextAnswer field={field} id={id} value={value} onChange={onChange} />
    case 'money':
      return (
        <MoneyBox
          id={id}
          value={typeof value === 'number' ? value : undefined}
          onChange={onChange}
          wan={field.wan === true}
        />
      )
    case 'number':
      return <NumberAnswer field={field} id={id} value={value} onChange={onChange} />
    case 'date':
      return <DateField id={id} {...(typeof value === 'string' && { value })} onChange={onChange} />
    case 'choice':
      return <ChoiceAnswer field={field} id={id} value={value} onChange={onChange} />
    case 'person':
      return <PersonField id={id} value={value as Person | undefined} onChange={onChange} />
    case 'institution':
      return <InstitutionPicker id={id} value={value as string | undefined} onChange={onChange} />
    case 'place':
      return <PlacePicker id={id} value={value as string | undefined} onChange={onChange} />
    case 'file':
      return <FilesField id={id} value={value as string[] | undefined} onChange={onChange} />
    case 'signature':
      return <SignatureField id={id} value={value as Signature | undefined} onChange={onChange} />
    case 'computed':
      return (
        <output id={id} className="qf-number">
          <AnswerValue field={field} value={value} />
        </output>
      )
  }
}

function TextAnswer({ field, id, value, onChange }: AnswerFieldProps) {
  const text = typeof value === 'string' ? value : ''
  const typed = ({ target }: { target: { value: string } }) => onChange(target.value)
  return field['x-long'] ? (
    <LongText id={id} value={text} onChange={typed} />
  ) : (
    <Input id={id} value={text} onChange={typed} />
  )
}

/** What is typed is kept as it is, wrong or not: rounding it in silence would be another answer. */
function NumberAnswer({ field, id, value, onChange }: AnswerFieldProps) {
  const t = useT()
  const unit = t(unitOf(field))
  const box: ReactNode = (
    <InputNumber
      id={id}
      className="qf-wide"
      inputMode="decimal"
      value={typeof value === 'number' ? value : null}
      onChange={(typed) => onChange(typed ?? undefined)}
    />
  )
  if (unit === '') return box
  return (
    <Space.Compact block>
      {box}
      <Space.Addon>{unit}</Space.Addon>
    </Space.Compact>
  )
}

/** So many options stand side by side; more are a list to open. */
const mostBeside = 6

function ChoiceAnswer({ field, id, value, onChange }: AnswerFieldProps) {
  const t = useT()
  const options = offered(field).map((option) => ({ value: option.code, label: t(option) }))
  const few = options.length <= mostBeside
  if (field['x-many']) {
    const chosen = Array.isArray(value) ? (value as string[]) : []
    return few ? (
      <Checkbox.Group options={options} value={chosen} onChange={onChange} />
    ) : (
      <Select id={id} mode="multiple" options={options} value={chosen} onChange={onChange} />
    )
  }
  const chosen = typeof value === 'string' ? value : null
  return few ? (
    <Radio.Group
      id={id}
      options={options}
      value={chosen}
      onChange={({ target }) => onChange(target.value)}
    />
  ) : (
    <Select
      id={id}
      allowClear
      options={options}
      value={chosen}
      onChange={(code) => onChange(code ?? undefined)}
    />
  )
}
