import { Form, Input, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import type { Text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { StaffSelect } from '@/pages/cases/StaffSelect'
import { DateField } from '@/parts/fields/DateField'
import { FilesField } from '@/parts/fields/FilesField'
import { LongText } from '@/parts/fields/LongText'
import { MoneyField } from '@/parts/fields/MoneyField'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { useLedgerWords } from './rectifyApi'
import type { FieldKind, FieldSpec } from './steps'

/** A field of a problem with its label. */
export function ProblemField({ field }: { field: FieldSpec }) {
  const t = useT()
  const other = Form.useWatch(field.when?.name ?? [])
  if (field.when && other !== field.when.is) return null
  return (
    <Form.Item
      name={field.name}
      label={t(field.label)}
      required={field.required ?? false}
      extra={field.hint && t(field.hint)}
    >
      {field.kind === 'choice' ? <Choice words={field.words ?? {}} /> : inputs[field.kind]}
    </Form.Item>
  )
}

interface InputProps {
  id?: string
  value?: string
  onChange?: (value: string | undefined) => void
}

function Choice({ words, onChange, ...rest }: InputProps & { words: Record<string, Text> }) {
  const t = useT()
  const options = Object.entries(words).map(([value, name]) => ({ value, label: t(name) }))
  return (
    <Radio.Group {...rest} options={options} onChange={(event) => onChange?.(event.target.value)} />
  )
}

/** Chooses a category of the taxonomy: a group, or an item of it. */
export function CategoryField(props: InputProps) {
  const t = useT()
  const groups = useLedgerWords()?.categories ?? []
  return (
    <Searched
      {...props}
      options={groups.map(({ code, name, items }) => ({
        label: t(name),
        options: [
          { value: code, label: t(`${name.zh}（未细分）`, `${name.en} (as a whole)`) },
          ...(items ?? []).map((item) => ({ value: item.code, label: t(item.name) })),
        ],
      }))}
    />
  )
}

/** Chooses the clause by which a hazard is a major one. */
function ClauseField(props: InputProps) {
  const t = useT()
  const clauses = useLedgerWords()?.clauses ?? []
  return (
    <Searched
      {...props}
      options={clauses.map(({ code, text }) => ({ value: code, label: `${code} ${t(text)}` }))}
    />
  )
}

type Options = { value?: string; label: string; options?: { value: string; label: string }[] }[]

function Searched({ value, options, ...rest }: InputProps & { options: Options }) {
  return (
    <Select
      {...rest}
      className="qf-wide"
      value={value ?? null}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      options={options as never}
    />
  )
}

const inputs: Record<Exclude<FieldKind, 'choice'>, ReactElement> = {
  text: <LongText rows={3} />,
  line: <Input />,
  date: <DateField />,
  money: <MoneyField />,
  files: <FilesField />,
  unit: <OrgPicker />,
  staff: <StaffSelect />,
  category: <CategoryField />,
  clause: <ClauseField />,
}
