import { text } from '@/i18n/text'
import type { FieldSchema, FormSchema, Kind } from '@/parts/answer/schema'

/** The kinds of fields, as the palette offers them. */
export const kinds: Record<Kind, ReturnType<typeof text>> = {
  text: text('文字', 'Text'),
  number: text('数字', 'Number'),
  money: text('金额', 'Money'),
  date: text('日期', 'Date'),
  choice: text('选择', 'Choice'),
  person: text('人员', 'Person'),
  institution: text('机构', 'Institution'),
  place: text('地点', 'Place'),
  file: text('附件', 'Files'),
  signature: text('签名', 'Signature'),
  computed: text('计算', 'Computed'),
}

const ownKeywords = /^(x-|default$|minLength$|maxLength$|minItems$|maxItems$)/

/** A document without what follows from other keywords: the server writes that. */
export function draftOf(document: Partial<FormSchema>): FormSchema {
  const properties = Object.entries(document.properties ?? {}).map(([id, field]) => [
    id,
    plain(field),
  ])
  return {
    'x-title': document['x-title'] ?? text('', ''),
    'x-sections': document['x-sections'] ?? [],
    'x-retired': document['x-retired'] ?? [],
    properties: Object.fromEntries(properties),
    required: document.required ?? [],
  }
}

function plain(field: FieldSchema): FieldSchema {
  const bounded = field['x-kind'] === 'number' || field['x-kind'] === 'money'
  const kept = Object.entries(field).filter(
    ([key]) => ownKeywords.test(key) || (bounded && /^(minimum|maximum)$/.test(key)),
  )
  const beyond = (bound: number | undefined) => Math.abs(bound ?? 0) >= 100_000_000_000
  const said = Object.fromEntries(kept) as unknown as FieldSchema
  if (beyond(said.minimum)) delete said.minimum
  if (beyond(said.maximum)) delete said.maximum
  return said
}

/** Adds a section at the end. */
export function withSection(draft: FormSchema): FormSchema {
  const section = { ...text('新栏目', 'New section'), fields: [] }
  return { ...draft, 'x-sections': [...draft['x-sections'], section] }
}

/** Changes a section; undefined takes it out with its fields. */
export function withSectionAs(
  draft: FormSchema,
  at: number,
  change: Partial<FormSchema['x-sections'][number]> | undefined,
): FormSchema {
  if (!change) {
    const gone = draft['x-sections'][at]?.fields ?? []
    const rest = gone.reduce((left, id) => without(left, id, false), draft)
    return { ...rest, 'x-sections': rest['x-sections'].filter((_, i) => i !== at) }
  }
  const sections = draft['x-sections'].map((one, i) => (i === at ? { ...one, ...change } : one))
  return { ...draft, 'x-sections': sections }
}

/** Moves a section by one place. */
export function withSectionMoved(draft: FormSchema, at: number, by: -1 | 1): FormSchema {
  return { ...draft, 'x-sections': swapped(draft['x-sections'], at, by) }
}

/** Adds a field of a kind at the end of a section, under a name that is free. */
export function withField(
  draft: FormSchema,
  at: number,
  kind: Kind,
): { draft: FormSchema; id: string } {
  const id = freeName(draft, kind)
  const field: FieldSchema = { 'x-kind': kind, 'x-label': kinds[kind], ...begun(kind) }
  const section = draft['x-sections'][at]
  const placed = withSectionAs(draft, at, { fields: [...(section?.fields ?? []), id] })
  return { draft: { ...placed, properties: { ...draft.properties, [id]: field } }, id }
}

function begun(kind: Kind): Partial<FieldSchema> {
  if (kind === 'choice') {
    return {
      'x-options': [
        { code: 'yes', ...text('是', 'Yes') },
        { code: 'no', ...text('否', 'No') },
      ],
    }
  }
  return kind === 'computed' ? { 'x-formula': '', 'x-of': 'number' } : {}
}

function freeName(draft: FormSchema, kind: Kind): string {
  const taken = new Set([...Object.keys(draft.properties), ...(draft['x-retired'] ?? [])])
  let n = 1
  while (taken.has(`${kind}_${n}`)) n++
  return `${kind}_${n}`
}

/** Changes a field; what is undefined is taken out. */
export function withFieldAs(
  draft: FormSchema,
  id: string,
  change: { [K in keyof FieldSchema]?: FieldSchema[K] | undefined },
): FormSchema {
  const before = draft.properties[id]
  if (!before) return draft
  const said = Object.entries({ ...before, ...change }).filter(([, v]) => v !== undefined)
  const field = Object.fromEntries(said) as unknown as FieldSchema
  return { ...draft, properties: { ...draft.properties, [id]: field } }
}

/** Takes a field out; one that was published is listed as retired, so that its answers stay beside. */
export function without(draft: FormSchema, id: string, published: boolean): FormSchema {
  const { [id]: _gone, ...properties } = draft.properties
  return {
    ...draft,
    properties,
    required: (draft.required ?? []).filter((one) => one !== id),
    'x-sections': draft['x-sections'].map((section) => ({
      ...section,
      fields: section.fields.filter((one) => one !== id),
    })),
    'x-retired': [...(draft['x-retired'] ?? []), ...(published ? [id] : [])],
  }
}

/** Moves a field by one place, into the next section at the end of its own. */
export function withFieldMoved(draft: FormSchema, id: string, by: -1 | 1): FormSchema {
  const sections = draft['x-sections']
  const at = sections.findIndex((section) => section.fields.includes(id))
  const fields = sections[at]?.fields ?? []
  const i = fields.indexOf(id)
  if (fields[i + by] !== undefined) {
    return withSectionAs(draft, at, { fields: swapped(fields, i, by) })
  }
  const next = sections[at + by]
  if (!next) return draft
  const left = withSectionAs(draft, at, { fields: fields.filter((one) => one !== id) })
  const entered = by === 1 ? [id, ...next.fields] : [...next.fields, id]
  return withSectionAs(left, at + by, { fields: entered })
}

function swapped<T>(list: T[], at: number, by: -1 | 1): T[] {
  const a = list[at]
  const b = list[at + by]
  if (a === undefined || b === undefined) return list
  return list.map((one, i) => (i === at ? b : i === at + by ? a : one))
}

/** Gives a field another name, wherever it is named; the draft as it was where that is taken. */
export function renamed(draft: FormSchema, from: string, to: string): FormSchema {
  if (to === from || draft.properties[to]) return draft
  const rename = (id: string) => (id === from ? to : id)
  const properties = Object.entries(draft.properties).map(([id, field]) => {
    const when = field['x-when']
    const formula = field['x-formula']?.replace(/[a-z][a-z0-9_]*/g, rename)
    return [
      rename(id),
      {
        ...field,
        ...(when && { 'x-when': { ...when, field: rename(when.field) } }),
        ...(formula !== undefined && { 'x-formula': formula }),
      },
    ]
  })
  return {
    ...draft,
    properties: Object.fromEntries(properties),
    required: (draft.required ?? []).map(rename),
    'x-sections': draft['x-sections'].map((section) => ({
      ...section,
      fields: section.fields.map(rename),
    })),
  }
}

/** Whether a field has to be answered, said where its condition wants it. */
export function withRequired(draft: FormSchema, id: string, required: boolean): FormSchema {
  const when = draft.properties[id]?.['x-when']
  const others = (draft.required ?? []).filter((one) => one !== id)
  if (when) {
    return { ...withFieldAs(draft, id, { 'x-when': { ...when, required } }), required: others }
  }
  return { ...draft, required: required ? [...others, id] : others }
}

/** Asks a field only where a choice was answered so; undefined asks it always. */
export function withWhen(
  draft: FormSchema,
  id: string,
  when: { field: string; equals: string } | undefined,
): FormSchema {
  const required = isRequired(draft, id)
  return withRequired(withFieldAs(draft, id, { 'x-when': when }), id, required)
}

export function isRequired(draft: FormSchema, id: string): boolean {
  const when = draft.properties[id]?.['x-when']
  return when ? when.required === true : (draft.required ?? []).includes(id)
}

/** The choices of one that stand above a field, on which its condition may look. */
export function choicesAbove(draft: FormSchema, id: string): string[] {
  const order = draft['x-sections'].flatMap((section) => section.fields)
  return order.slice(0, order.indexOf(id)).filter((one) => {
    const field = draft.properties[one]
    return field?.['x-kind'] === 'choice' && !field['x-many']
  })
}
