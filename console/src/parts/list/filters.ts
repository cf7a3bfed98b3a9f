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

/** A filter declared as data. `days` stands in the address as `name_from` and `name_to`. */
export type Filter =
  | (Named & { kind: 'text' })
  | (Named & { kind: 'choice'; options: Choice[]; many?: boolean })
  | (Named & { kind: 'flag' })
  | (Named & { kind: 'days' })
  | (Named & { kind: 'unit' })

/** The parameter names that a filter uses. */
export function namesOf(filter: Filter): string[] {
  return filter.kind === 'days' ? [`${filter.name}_from`, `${filter.name}_to`] : [filter.name]
}

/** The filters that the address sets now. */
export function activeFilters(filters: Filter[], params: Params): Filter[] {
  return filters.filter((filter) => namesOf(filter).some((name) => many(params[name]).length > 0))
}

/** The change that takes these filters out of the address, and with them the place in the list. */
export function clearing(filters: Filter[]): Params {
  return Object.fromEntries([...filters.flatMap(namesOf), 'after'].map((name) => [name, undefined]))
}

/** What a filter is set to, in words; units are named by the server and stay undefined here. */
export function describe(filter: Filter, params: Params): string | undefined {
  const values = many(params[filter.name])
  switch (filter.kind) {
    case 'text':
      return values[0]
    case 'flag':
      return filter.label
    case 'days':
      return namesOf(filter)
        .map((name) => single(params[name]) ?? '')
        .join(' ~ ')
    case 'choice':
      return values.map((value) => labelOf(filter.options, value)).join('、')
    case 'unit':
      return undefined
  }
}

function labelOf(options: Choice[], value: string): string {
  return options.find((option) => option.value === value)?.label ?? value
}
