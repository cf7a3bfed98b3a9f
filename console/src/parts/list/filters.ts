import { many, type Params, single } from '@/url/params'

/** One value that a filter can take. */
export interface Choice {
  value: string
  label: string
}

interface Named {
  /** The name in the address and in the request. */
  name: string
  label: string
}

/** A range of calendar days in Shanghai, the last one included. */
interface Days {
  kind: 'days'
  label: string
  /** The names of both ends in the address and in the request. */
  names: [from: string, to: string]
  /** What the server takes: points in time, the end exclusive (usual), or calendar days as they are. */
  asks?: 'instants' | 'days'
}

/** A filter declared as data. */
export type Filter =
  | (Named & { kind: 'text' })
  | (Named & { kind: 'choice'; options: Choice[]; many?: boolean })
  | (Named & { kind: 'flag' })
  // What only a link from another page sets: shown with its label, and taken away like the others.
  | (Named & { kind: 'link' })
  | (Named & { kind: 'unit' })
  // A region, an institution or a department.
  | (Named & { kind: 'node' })
  | Days

/** The parameter names that a filter uses. */
export function namesOf(filter: Filter): string[] {
  return filter.kind === 'days' ? filter.names : [filter.name]
}

/** What tells a filter from the others of its list. */
export function keyOf(filter: Filter): string {
  return namesOf(filter).join(' ')
}

/** The filters that the address sets now. */
export function activeFilters(filters: Filter[], params: Params): Filter[] {
  return filters.filter((filter) => namesOf(filter).some((name) => many(params[name]).length > 0))
}

/** The change that takes these filters out of the address, and with them the place in the list. */
export function clearing(filters: Filter[]): Params {
  return Object.fromEntries(
    [...filters.flatMap(namesOf), 'cursor'].map((name) => [name, undefined]),
  )
}

/** What a filter is set to, in words; units and regions are named by the server and stay undefined here. */
export function inWords(filter: Filter, params: Params): string | undefined {
  switch (filter.kind) {
    case 'text':
      return single(params[filter.name])
    case 'flag':
    case 'link':
      return filter.label
    case 'days':
      return filter.names.map((name) => single(params[name]) ?? '').join(' ~ ')
    case 'choice':
      return many(params[filter.name])
        .map((value) => labelOf(filter.options, value))
        .join('、')
    case 'unit':
    case 'node':
      return undefined
  }
}

function labelOf(options: Choice[], value: string): string {
  return options.find((option) => option.value === value)?.label ?? value
}
