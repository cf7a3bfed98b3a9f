import type { ApiProblem } from '@/api/problem'
import type { Translate } from '@/i18n/text'
import type { Schemas } from '@/pages/system/schemas'
import { pathOf } from '@/parts/form/placeErrors'
import type { ReturnDetail, TypedRow, Violation } from './returnApi'

/** What a person has typed into a return. */
export interface Typed {
  rows: Record<string, TypedRow>
  header: Schemas['CampaignHeader']
  text: string
}

/** What is wrong, and where it was typed: `rows.cases.period`, `header.phone`, `text`. */
export interface Fault {
  at: string
  text: string
}

/** What was refused, and what was typed when it was. */
export interface Refusal {
  problem: ApiProblem
  typed: Typed
}

/** The faults at one place, or at the places below it. */
export function faultsAt(faults: Fault[], at: string): Fault[] {
  return faults.filter((one) => one.at === at || one.at.startsWith(`${at}.`))
}

/** The rules that were broken when the server answered. */
export function broken(violations: Violation[], t: Translate): Fault[] {
  return violations.map((one) => ({
    at: `rows.${one.row}.${one.hard ? one.column : 'remark'}`,
    text: t(one.text),
  }))
}

/** The complaints of a refusal that have a place in the form, and those that have none. */
export function byPlace(of: ReturnDetail, problem: ApiProblem | undefined) {
  const placed: Fault[] = []
  const rest: string[] = []
  for (const { location, message } of problem?.errors ?? []) {
    const at = pathOf(location).join('.')
    if (hasPlace(of, at)) placed.push({ at, text: message })
    else rest.push(message)
  }
  return { placed, rest }
}

function hasPlace(of: ReturnDetail, at: string): boolean {
  if (at === 'text') return of.kind === 'text'
  const [part, key] = at.split('.')
  return part === 'header' || (part === 'rows' && of.lines.some((line) => line.key === key))
}

/**
 * What is still wrong with what is typed now, as far as the server has said: a complaint about
 * what was changed since is one about something else.
 */
export function standing(
  of: ReturnDetail,
  answered: Typed,
  now: Typed,
  t: Translate,
  refusal?: Refusal,
): Fault[] {
  const holds = of.violations.filter((one) => unchanged(of, one, answered, now))
  const gone = broken(
    of.violations.filter((one) => !holds.includes(one)),
    t,
  )
  const refused = byPlace(of, refusal?.problem).placed.filter(
    (one) =>
      valueAt(refusal?.typed, one.at) === valueAt(now, one.at) &&
      !gone.some((other) => other.text === one.text),
  )
  return [...broken(holds, t), ...refused].filter(
    (one, i, all) => all.findIndex((other) => sameFault(one, other)) === i,
  )
}

function sameFault(one: Fault, other: Fault): boolean {
  return one.at === other.at && one.text === other.text
}

function valueAt(typed: unknown, at: string): unknown {
  return at.split('.').reduce((part, step) => (part as Record<string, unknown>)?.[step], typed)
}

/** Whether every box that a rule looks at is as it was: what is lacking is one box alone. */
function unchanged(of: ReturnDetail, rule: Violation, before: Typed, now: Typed): boolean {
  const same = (at: string) => valueAt(before, at) === valueAt(now, at)
  if (rule.rule === 'filled') return same(`rows.${rule.row}.${rule.column}`)
  return lookedAt(of, rule).every((key) =>
    ['period', 'total', 'last_year', 'remark'].every((column) => same(`rows.${key}.${column}`)),
  )
}

/** The rows that a rule compares; of a share those that it is made of, of a sum its parts. */
function lookedAt(of: ReturnDetail, { row, other }: Violation): string[] {
  const ends = [row, other ?? '']
  return of.lines
    .filter(({ key, parent }) => ends.includes(key) || (parent && ends.includes(parent)))
    .flatMap(({ key, part, whole }) => [key, ...(part ? [part] : []), ...(whole ? [whole] : [])])
}
