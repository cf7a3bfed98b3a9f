import type { FieldPath } from './placeErrors'

interface FieldState {
  name: FieldPath
  errors: string[]
}

/** The complaints to take away because the person has just changed those fields. */
export function clearedErrors(fields: FieldState[], changed: object): FieldState[] {
  return fields
    .filter((field) => field.errors.length > 0 && touches(changed, field.name))
    .map((field) => ({ name: field.name, errors: [] }))
}

function touches(changed: unknown, path: FieldPath): boolean {
  const [step, ...rest] = path
  if (step === undefined) return true
  if (typeof changed !== 'object' || changed === null || !(step in changed)) return false
  return touches((changed as Record<string | number, unknown>)[step], rest)
}
