import type { Text } from '@/i18n/text'
import { computeInto } from './compute'
import { decimalOf, inUnits, largest, numberOf, scale, stepOf } from './decimal'
import { type Answers, type Field, type FormSchema, fieldsOf, isAsked, offered } from './schema'
import { said, wanYuan, yuan } from './words'

/** What is wrong with one answer. */
export interface Complaint {
  field: string
  text: Text
}

/** What a check found. */
export interface Checked {
  /** The answers that are right, tidied, with what is computed. */
  values: Answers
  /** One for each field that is wrong, in the order of the form. */
  complaints: Complaint[]
}

/** Looks at answers as a whole, as the server does and in the same words. */
export function check(schema: FormSchema, answers: Answers): Checked {
  const fields = fieldsOf(schema)
  const complaints: Complaint[] = strangers(fields, answers)
  const values: Answers = {}
  for (const field of fields) {
    if (field['x-kind'] === 'computed') continue
    const value = tidy(answers[field.id])
    const wrong = checkField(field, value, values)
    if (wrong) complaints.push({ field: field.id, text: wrong })
    else if (value !== undefined) values[field.id] = value
  }
  const within = (field: Field, number: bigint) => !beyond(field, number)
  for (const { field, number } of computeInto(fields, values, within)) {
    const text = number === undefined ? undefined : beyond(field, number)
    complaints.push({ field: field.id, text: text ?? said.tooBig(field['x-label']) })
  }
  return { values, complaints }
}

function strangers(fields: Field[], answers: Answers): Complaint[] {
  return Object.keys(answers)
    .filter((id) => !fields.some((field) => field.id === id))
    .sort()
    .map((id) => {
      const short = [...id].length > 40 ? `${[...id].slice(0, 40).join('')}…` : id
      return { field: short, text: said.stranger(short) }
    })
}

function checkField(field: Field, value: unknown, values: Answers): Text | undefined {
  const asked = isAsked(field, values)
  if (value === undefined) {
    return asked && field.required ? said.missing(field['x-label']) : undefined
  }
  return asked ? checkOne(field, value) : said.hidden(field['x-label'])
}

/** An answer as it is kept; what says nothing is undefined. */
export function tidy(value: unknown): unknown {
  if (typeof value === 'string') return trimmed(value) || undefined
  if (typeof value === 'number') return value || 0
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(tidy)
  if (typeof value === 'object') {
    const said = Object.entries(value ?? {}).flatMap(([key, one]) => {
      const kept = tidy(one)
      return kept === undefined ? [] : [[key, kept] as const]
    })
    return said.length === 0 ? undefined : Object.fromEntries(said)
  }
  return value
}

/** What the server takes for blank, which is one character more than `trim` does. */
function trimmed(value: string): string {
  return value.replace(/^[\s\u0085]+|[\s\u0085]+$/g, '')
}

/** Looks at one answer that is there. */
function checkOne(field: Field, value: unknown): Text | undefined {
  switch (field['x-kind']) {
    case 'text':
      return checkText(field, value)
    case 'number':
    case 'money':
      return checkNumber(field, value)
    case 'date':
      return checkDate(value)
    case 'choice':
      return checkChoice(field, value)
    case 'person':
      return isEither(value, 'staff') ? undefined : said.person
    case 'signature':
      return isEither(value, 'file') ? undefined : said.sign
    case 'institution':
      return isText(value, 64) ? undefined : said.unit
    case 'place':
      return isText(value, 64) ? undefined : said.place
    case 'file':
      return checkItems(
        value,
        said.files,
        (one) => isText(one, 64),
        field.minItems ?? 1,
        field.maxItems ?? 20,
      )
    case 'computed':
      return undefined
  }
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && [...value].length <= most && !value.includes('\0')
}

/** An object with an identifier, or with a name. */
function isEither(value: unknown, id: string): boolean {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false
  const said = value as Record<string, unknown>
  return isText(said[id], 64) || isText(said.name, 100)
}

function checkText(field: Field, value: unknown): Text | undefined {
  if (typeof value !== 'string') return said.asText
  if (value.includes('\0')) return said.control
  const n = [...value].length
  const least = field.minLength ?? 1
  const most = field.maxLength ?? (field['x-long'] ? 2000 : 200)
  if (n < least) return said.short(least, n)
  return n > most ? said.long(most, n) : undefined
}

function checkNumber(field: Field, value: unknown): Text | undefined {
  const number = decimalOf(value)
  if (number === 'no number') return field.money ? said.asMoney(unitOf(field)) : said.asNumber
  if (number === 'too fine') return fine(field)
  const { least, most } = boundsOf(field)
  if (number > most) return said.high(shown(field, most))
  if (number < least) return said.low(shown(field, least))
  return number % stepOf(field.decimals) === 0n ? undefined : fine(field)
}

/** What is wrong with a result that is beyond its bounds. */
function beyond(field: Field, number: bigint): Text | undefined {
  const { least, most } = boundsOf(field)
  const label = field['x-label']
  if (number < least) return said.under(label, shown(field, number), shown(field, least))
  return number > most ? said.over(label, shown(field, number), shown(field, most)) : undefined
}

function fine(field: Field): Text {
  if (field.money) return said.fine(field.wan ? 6 : 2)
  return field.decimals === 0 ? said.whole : said.fine(field.decimals)
}

function boundsOf(field: Field): { least: bigint; most: bigint } {
  const read = (bound: number | undefined, usual: bigint) => {
    const decimal = bound === undefined ? usual : decimalOf(bound)
    return typeof decimal === 'bigint' ? decimal : usual
  }
  return {
    least: read(field.minimum, field['x-kind'] === 'money' ? 0n : -largest),
    most: read(field.maximum, largest),
  }
}

/** The unit in which the numbers of a field are written; empty where it has none. */
export function unitOf(field: Field): Text {
  if (field.money) return field.wan ? wanYuan : yuan
  return field['x-unit'] ?? { zh: '', en: '' }
}

function shown(field: Field, bound: bigint): Text {
  const number = field.money ? inUnits(bound, field.wan) : plainly(bound)
  const { zh, en } = unitOf(field)
  return { zh: `${number} ${zh}`.trim(), en: `${number} ${en}`.trim() }
}

function plainly(bound: bigint): string {
  return bound % scale === 0n ? String(bound / scale) : String(numberOf(bound))
}

function checkDate(value: unknown): Text | undefined {
  const [, year, month, day] =
    (typeof value === 'string' && /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)) || []
  if (day === undefined) return said.asDate
  const there = Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month))
  return there ? undefined : said.noDay(String(value))
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

function checkChoice(field: Field, value: unknown): Text | undefined {
  const codes = offered(field).map((option) => option.code)
  const fits = (one: unknown) => typeof one === 'string' && codes.includes(one)
  if (!field['x-many']) return fits(value) ? undefined : said.one
  return checkItems(value, said.many, fits, field.minItems ?? 1, field.maxItems ?? 200)
}

/** Looks at a list in which each item stands once. */
function checkItems(
  value: unknown,
  wrong: Text,
  fits: (one: unknown) => boolean,
  least: number,
  most: number,
): Text | undefined {
  if (!Array.isArray(value) || !value.every(fits) || new Set(value).size < value.length)
    return wrong
  if (value.length < least) return said.few(least, value.length)
  return value.length > most ? said.much(most, value.length) : undefined
}
