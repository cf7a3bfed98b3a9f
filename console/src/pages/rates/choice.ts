import { type Params, single, writeParams } from '@/url/params'

/** The kinds of window that can be picked. */
export const windowKinds = ['month', 'period', 'day'] as const

/** What a table of rates can have rows of. */
export const subjects = ['institution', 'unit', 'region', 'category', 'department'] as const

/** A kind of window. */
export type WindowKind = (typeof windowKinds)[number]

/** What a table has rows of. */
export type Subject = (typeof subjects)[number]

/** Which table of rates is looked at. */
export interface RatesChoice {
  kind: WindowKind
  /** The window; none is the newest that has ended. */
  window?: string
  subject: Subject
  /** The institution whose inside is shown; none is the person's own region. */
  parent?: string
}

/** One figure of a table: whose, which measure, among which cases. */
export interface Figure {
  /** The row; none is the whole table. */
  id?: string | undefined
  measure: string
  basis: 'assessed' | 'raw'
}

/** Reads the choice from the address; what is not offered counts as the usual one. */
export function choiceOf(params: Params): RatesChoice {
  const window = single(params.window)
  const parent = single(params.parent)
  return {
    kind: oneOf(windowKinds, single(params.kind)) ?? 'month',
    subject: oneOf(subjects, single(params.subject)) ?? 'institution',
    ...(window && { window }),
    ...(parent && { parent }),
  }
}

/** The address of the cases behind a figure of a table. */
export function casesAddress(choice: RatesChoice, window: string, figure: Figure): string {
  const { id, measure, basis } = figure
  const { kind, subject, parent } = choice
  return `/insight/rates/cases${writeParams({ kind, window, subject, parent, id, measure, basis })}`
}

/** The address of the table with one row's course over time above it. */
export function rowAddress(choice: RatesChoice, row: string | undefined): string {
  const { kind, window, subject, parent } = choice
  return `/insight/rates${writeParams({ kind, window, subject, parent, row })}`
}

/** The address of the list of cases with a filter, of those below a region alone. */
export function workAddress(scope: string, filter: Params): string {
  const below = scope.split('/').filter(Boolean).at(-1)
  return `/casework/cases${writeParams({ ...filter, below })}`
}

/** Whether the table of this choice can be asked for: departments need their institution. */
export function isComplete({ subject, parent }: RatesChoice): boolean {
  return subject !== 'department' || parent !== undefined
}

function oneOf<T extends string>(offered: readonly T[], value: string | undefined): T | undefined {
  return offered.find((one) => one === value)
}
