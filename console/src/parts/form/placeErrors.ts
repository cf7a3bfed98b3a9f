import type { ApiProblem, FieldError } from '@/api/problem'
import { translator } from '@/i18n/text'
import { settings } from '@/settings/settings'

/** Where a field stands in a form: `['items', 0, 'amount']`. */
export type FieldPath = (string | number)[]

/** A problem sorted into the complaints that have a field in the form and those that have none. */
export interface PlacedErrors {
  fields: { name: FieldPath; errors: string[] }[]
  rest: string[]
}

/** Puts each complaint at the field that it is about, or at the nearest field around it. */
export function placeErrors(problem: ApiProblem, registered: FieldPath[]): PlacedErrors {
  const placed: PlacedErrors = { fields: [], rest: [] }
  for (const error of problem.errors) {
    const { path, message } = missing(error, registered) ?? {
      path: pathOf(error.location),
      message: error.message,
    }
    const name = nearest(path, registered)
    const same = placed.fields.find((field) => field.name === name)
    if (!name) placed.rest.push(message)
    else if (same) same.errors.push(message)
    else placed.fields.push({ name, errors: [message] })
  }
  return placed
}

/** Reads `body.items[0].amount` as `['items', 0, 'amount']`. */
export function pathOf(location: string): FieldPath {
  return location
    .replace(/^(body|query|path|form)\./, '')
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}

/**
 * A field that was left empty is reported at what it is missing from, by its name in the request.
 * Where the form shows that field, the complaint stands there in words that people use.
 */
function missing({ location, message }: FieldError, registered: FieldPath[]) {
  const [, zh, en] = /^(?:缺少 (\w+)|(\w+) is missing)$/.exec(message) ?? []
  const field = zh ?? en
  if (!field) return undefined
  const path = [...(location === 'body' ? [] : pathOf(location)), field]
  if (!registered.some((one) => one.join('.') === path.join('.'))) return undefined
  const t = translator(settings().language)
  return { path, message: t('请填写此项', 'Please fill this in') }
}

function nearest(path: FieldPath, registered: FieldPath[]): FieldPath | undefined {
  return registered
    .filter((field) => field.length > 0 && field.every((step, i) => step === path[i]))
    .sort((a, b) => b.length - a.length)[0]
}
