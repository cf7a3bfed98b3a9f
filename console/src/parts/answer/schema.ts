import type { Text } from '@/i18n/text'

/** What a field asks for; the server's package form knows the same and no others. */
export type Kind =
  | 'text'
  | 'number'
  | 'money'
  | 'date'
  | 'choice'
  | 'person'
  | 'institution'
  | 'place'
  | 'file'
  | 'signature'
  | 'computed'

/** One answer of a choice. */
export interface Option extends Text {
  code: string
  /** It is not offered any more; answers from before have it. */
  retired?: boolean
}

/** What a document says of one field. What follows from other keywords may be absent. */
export interface FieldSchema {
  'x-kind': Kind
  'x-label': Text
  'x-help'?: Text
  'x-when'?: { field: string; equals: string; required?: boolean }
  'x-long'?: boolean
  'x-unit'?: Text
  'x-decimals'?: number
  'x-in'?: 'yuan' | 'wan'
  'x-many'?: boolean
  'x-options'?: Option[]
  'x-formula'?: string
  'x-of'?: 'number' | 'money'
  default?: unknown
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
}

/** A form, as a JSON Schema 2020-12 document in the vocabulary of the server's package form. */
export interface FormSchema {
  'x-title': Text
  'x-sections': (Text & { fields: string[] })[]
  'x-retired'?: string[]
  properties: Record<string, FieldSchema>
  required?: string[]
}

/** What was answered, by the names of the fields. Money is in 分. */
export type Answers = Record<string, unknown>

/** One field with all that its document leaves unsaid. */
export interface Field extends FieldSchema {
  id: string
  required: boolean
  decimals: number
  /** Its numbers stand for money, in 分. */
  money: boolean
  wan: boolean
}

/** The fields in the order in which they are asked. */
export function fieldsOf(schema: FormSchema): Field[] {
  return schema['x-sections'].flatMap((section) =>
    section.fields.flatMap((id) => {
      const said = schema.properties[id]
      return said ? [fieldOf(id, said, schema.required ?? [])] : []
    }),
  )
}

function fieldOf(id: string, said: FieldSchema, required: string[]): Field {
  const kind = said['x-kind']
  const money = kind === 'money' || (kind === 'computed' && said['x-of'] === 'money')
  return {
    ...said,
    id,
    money,
    wan: said['x-in'] === 'wan',
    required: required.includes(id) || said['x-when']?.required === true,
    decimals: money ? 0 : (said['x-decimals'] ?? (kind === 'computed' ? 2 : 0)),
  }
}

/** The options that an answer may choose. */
export function offered(field: FieldSchema): Option[] {
  return (field['x-options'] ?? []).filter((option) => !option.retired)
}

/** Whether a field is asked after what was answered above it. */
export function isAsked(field: FieldSchema, answers: Answers): boolean {
  const when = field['x-when']
  return when === undefined || answers[when.field] === when.equals
}
