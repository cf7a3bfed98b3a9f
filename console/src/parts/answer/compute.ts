import { decimalOf, type Fraction, numberOf, rounded, scale } from './decimal'
import { type Formula, readFormula } from './formula'
import { type Answers, type Field, isAsked } from './schema'

/** Adds what can be computed to answers, and returns the fields whose result is too large. */
export function computeInto(fields: Field[], values: Answers): Field[] {
  const known = new Map<string, Fraction>()
  for (const field of fields) {
    const number = decimalOf(values[field.id])
    if (counts(field) && typeof number === 'bigint') known.set(field.id, { n: number, d: scale })
  }
  const large: Field[] = []
  for (const { field, formula } of inOrder(fields)) {
    const result = isAsked(field, values) ? formula.eval(known) : undefined
    if (!result) continue
    const number = rounded(result, field.decimals)
    if (number === undefined) {
      large.push(field)
      continue
    }
    known.set(field.id, { n: number, d: scale })
    values[field.id] = numberOf(number)
  }
  return large
}

function counts(field: Field): boolean {
  return field['x-kind'] === 'number' || field['x-kind'] === 'money'
}

interface Step {
  field: Field
  formula: Formula
}

/** Computed fields, each after those that it needs. A circle, which the server refuses, is left out. */
function inOrder(fields: Field[]): Step[] {
  const steps: Step[] = []
  const seen = new Set<string>()
  const visit = (field: Field | undefined) => {
    if (field?.['x-kind'] !== 'computed' || seen.has(field.id)) return
    seen.add(field.id)
    const formula = readFormula(field['x-formula'] ?? '')
    if (!formula) return
    for (const name of formula.names) visit(fields.find((one) => one.id === name))
    steps.push({ field, formula })
  }
  fields.forEach(visit)
  return steps
}
