import { Checkbox, Form, Input, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { DateField } from '@/parts/fields/DateField'
import { FilesField } from '@/parts/fields/FilesField'
import { LongText } from '@/parts/fields/LongText'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { OrgsPicker } from '@/parts/fields/OrgsPicker'
import { TimeField } from '@/parts/fields/TimeField'
import { CaseSelect } from './CaseSelect'
import type { CaseDetail } from './caseApi'
import type { FieldKind, FieldSpec } from './field'
import { LimitField } from './LimitField'
import { optionsOf } from './options'
import { StaffSelect } from './StaffSelect'
import { type CaseWords, useCaseWords } from './useCaseWords'

const few = 4

interface StepFieldProps {
  field: FieldSpec
  /** The case, where it is at hand. */
  detail?: CaseDetail | undefined
}

/** A field of a step with its label. */
export function StepField({ field, detail }: StepFieldProps) {
  const t = useT()
  const lists = useCaseWords()
  const flag = field.kind === 'flag'
  return (
    <Form.Item
      name={field.name.split('.')}
      label={flag ? undefined : t(field.label)}
      required={field.required ?? false}
      extra={field.hint && t(field.hint)}
      {...(flag && { valuePropName: 'checked' })}
    >
      {flag ? (
        <Checkbox disabled={detail !== undefined && field.fixed?.(detail) === true}>
          {t(field.label)}
        </Checkbox>
      ) : (
        inputOf(field, t, lists, detail && field.among?.(detail))
      )}
    </Form.Item>
  )
}

const inputs: Record<Exclude<FieldKind, 'text' | 'flag'>, ReactElement> = {
  line: <Input />,
  unit: <OrgPicker />,
  units: <OrgsPicker />,
  staff: <StaffSelect />,
  case: <CaseSelect />,
  names: <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、']} />,
  date: <DateField />,
  time: <TimeField />,
  limit: <LimitField />,
  files: <FilesField />,
}

function inputOf(
  field: FieldSpec,
  t: Translate,
  lists: CaseWords,
  among: string[] | undefined,
): ReactElement {
  const { kind, words = {}, rows = 4 } = field
  if (kind === 'text') return <LongText rows={rows} />
  if (kind !== 'choice') return kind === 'flag' ? <Checkbox /> : inputs[kind]
  const options = optionsOf(typeof words === 'string' ? lists[words] : words, t).filter(
    ({ value }) => !among || among.includes(value),
  )
  if (options.length <= few) return <Radio.Group options={options} />
  return <Select options={options} allowClear showSearch={{ optionFilterProp: 'label' }} />
}
