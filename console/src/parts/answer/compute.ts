import { decimalOf, type Fraction, numberOf, rounded, scale } from './decimal'
import { type Formula, readFormula } from './formula'
import { type Answers, type Field, isAsked } from './schema'

/** A field whose result cannot be: too large where it has none. */
export interface Unfit {
  field: Field
  number: bigint | undefined
}

/** Adds what can be computed to answers, and returns the fields whose result does not fit. */
export function computeInto(
  fields: Field[],
  values: Answers,
  fits: (field: Field, number: bigint) => boolean,
): Unfit[] {
  const known = numbersOf(fields, values)
  const unfit: Unfit[] = []
  for (const { field, formula } of inOrder(fields)) {
    const result = isAsked(field, values) ? formula.eval(known) : undefined
    if (!result) continue
    const number = rounded(result, field.decimals)
    if (number !== undefined) known.set(field.id, { n: number, d: scale })
    if (number !== undefined && fits(field, number)) values[field.id] = numberOf(number)
    else unfit.push({ field, number })
  }
  return unfit
}

/** The numbers that were answered. */
function numbersOf(fields: Field[], values: Answers): Map<string, Fraction> {
  const known = new Map<string, Fraction>()
  for (const field of fields) {
    const number = decimalOf(values[field.id])
    if (counts(field) && typeof number === 'bigint') known.set(field.id, { n: number, d: scale })
  }
  return known
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
