import { Form } from 'antd'
import { useId, useMemo, useState } from 'react'
import { useT } from '@/i18n/useT'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { AnswerField } from './AnswerField'
import { type AnswerFiles, AnswerValue } from './AnswerValue'
import { check } from './check'
import { type Answers, type Field, type FormSchema, fieldsOf, isAsked } from './schema'
import './answer.css'

interface AnswerFormProps {
  schema: FormSchema
  value: Answers
  onChange?: (answers: Answers) => void
  readOnly?: boolean
  /** Says what is wrong with every field, not only with those that were filled in. */
  strict?: boolean
  /** The files that answers name, by what they name them by: they can be opened. */
  files?: AnswerFiles
  /** What the server says of fields, by their names. */
  refused?: Readonly<Record<string, string>>
}

/**
 * A form that people made, to be filled in or read. It checks what is typed as the server does; who
 * sends it asks `check` first.
 */
export function AnswerForm(props: AnswerFormProps) {
  const { schema, value, readOnly = false, files } = props
  const t = useT()
  const fields = useMemo(() => fieldsOf(schema), [schema])
  // What is computed stands beside answers that a server has kept, and not beside others.
  const known = useMemo(
    () => (readOnly ? { ...check(schema, value).values, ...value } : value),
    [readOnly, schema, value],
  )
  return (
    <div className="qf-stack qf-answer">
      {schema['x-sections'].map((section, i) => {
        const asked = fields.filter((one) => section.fields.includes(one.id) && isAsked(one, value))
        if (asked.length === 0) return null
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a section has no other name
          <Section key={i} title={t(section)}>
            {readOnly ? (
              <Facts
                facts={asked.map((field) => factOf(field, known, t(field['x-label']), files))}
              />
            ) : (
              <Questions {...props} fields={fields} asked={asked} />
            )}
          </Section>
        )
      })}
    </div>
  )
}

function factOf(field: Field, value: Answers, label: string, files?: AnswerFiles) {
  const said = <AnswerValue field={field} value={value[field.id]} files={files} />
  return { label, value: said, wide: field['x-long'] === true }
}

interface QuestionsProps extends AnswerFormProps {
  fields: Field[]
  asked: Field[]
}

/** The questions of one section. */
function Questions(props: QuestionsProps) {
  const { schema, value, onChange, strict = false, refused = {}, fields, asked } = props
  const t = useT()
  const prefix = useId()
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const found = useMemo(() => check(schema, value), [schema, value])
  const answer = (field: Field, said: unknown) => {
    setTouched(new Set([...touched, field.id]))
    onChange?.(answered(fields, value, field.id, said))
  }
  const wrongWith = (field: Field): string | undefined => {
    const wrong = found.complaints.find((one) => one.field === field.id)
    const told = strict || touched.has(field.id) || field['x-kind'] === 'computed'
    return (told && wrong && t(wrong.text)) || refused[field.id]
  }
  return (
    <Form component="div" layout="vertical" requiredMark>
      {asked.map((field) => {
        const wrong = wrongWith(field)
        const computed = field['x-kind'] === 'computed'
        return (
          <Form.Item
            key={field.id}
            label={t(field['x-label'])}
            htmlFor={prefix + field.id}
            required={field.required}
            extra={field['x-help'] && t(field['x-help'])}
            help={wrong}
            {...(wrong && { validateStatus: 'error' as const })}
          >
            <AnswerField
              field={field}
              id={prefix + field.id}
              value={computed ? found.values[field.id] : value[field.id]}
              onChange={(said) => answer(field, said)}
            />
          </Form.Item>
        )
      })}
    </Form>
  )
}

/** Answers with another one; what is asked no more after it is taken out. */
export function answered(fields: Field[], before: Answers, id: string, said: unknown): Answers {
  const after: Answers = { ...before, [id]: said }
  for (const field of fields) {
    if (after[field.id] === undefined || !isAsked(field, after)) delete after[field.id]
  }
  return after
}

/** What a form begins with. */
export function defaultsOf(schema: FormSchema): Answers {
  const fields = fieldsOf(schema)
  return fields.reduce<Answers>(
    (all, field) =>
      field.default === undefined ? all : answered(fields, all, field.id, field.default),
    {},
  )
}
