import { Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import { useT } from '@/i18n/useT'
import { DateField } from '@/parts/fields/DateField'
import { FilesField } from '@/parts/fields/FilesField'
import { LongText } from '@/parts/fields/LongText'
import { MoneyField } from '@/parts/fields/MoneyField'
import type { Field, Kind } from './forms'
import { MeasuresField } from './MeasuresField'
import { OfficersField } from './OfficersField'
import { SubjectField } from './SubjectField'
import { useDictionary } from './sanctionApi'
import { ViolationSelect } from './ViolationSelect'

const few = 4

const inputs: Record<
  Exclude<Kind, 'choice' | 'choices' | 'flag' | 'subject' | 'officers' | 'measures'>,
  ReactElement
> = {
  line: <Input />,
  long: <LongText />,
  date: <DateField />,
  money: <MoneyField />,
  number: <InputNumber className="qf-wide" min={0} precision={0} />,
  files: <FilesField />,
  lines: <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['\n']} />,
  violations: <ViolationSelect multiple />,
  violation: <ViolationSelect />,
}

/** A field of a form with its label. */
export function SanctionField({ field }: { field: Field }) {
  const t = useT()
  const words = useDictionary()
  switch (field.kind) {
    case 'subject':
      return <SubjectField />
    case 'officers':
      return <OfficersField />
    case 'measures':
      return <MeasuresField />
    case 'flag':
      return (
        <Form.Item name={field.name} valuePropName="checked">
          <Checkbox>{t(field.label)}</Checkbox>
        </Form.Item>
      )
  }
  const options = (field.among?.(words) ?? []).map(({ code, name }) => ({
    value: code,
    label: t(name),
  }))
  return (
    <Form.Item
      name={field.name}
      label={t(field.label)}
      required={field.required ?? false}
      extra={field.hint && t(field.hint)}
    >
      {field.kind === 'choice' && options.length <= few ? (
        <Radio.Group options={options} />
      ) : field.kind === 'choice' || field.kind === 'choices' ? (
        <Select
          options={options}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          {...(field.kind === 'choices' && { mode: 'multiple' as const })}
        />
      ) : (
        inputs[field.kind]
      )}
    </Form.Item>
  )
}
