import type { ApiProblem } from '@/api/problem'

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
  for (const { location, message } of problem.errors) {
    const name = nearest(pathOf(location), registered)
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

function nearest(path: FieldPath, registered: FieldPath[]): FieldPath | undefined {
  return registered
    .filter((field) => field.length > 0 && field.every((step, i) => step === path[i]))
    .sort((a, b) => b.length - a.length)[0]
}
