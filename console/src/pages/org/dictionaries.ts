import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import type { Choice } from '@/parts/list/filters'

type Dictionaries = Schemas['OrgDictionaries']

/** A closed list of codes: kinds of unit, levels, ownerships … */
export type ListName = keyof Dictionaries

/** The codes of the closed lists in the person's language. */
export interface Words {
  /** What people call a code; the code itself while the lists are loading. */
  name: (list: ListName, code: string) => string
  /** The codes to choose from. */
  options: (list: ListName) => Choice[]
}

const query = queryOptions({
  queryKey: ['org', 'dictionaries'],
  queryFn: ({ signal }) => read(api.GET('/api/v1/org/dictionaries', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The closed lists of the organisation. */
export function useWords(): Words {
  const t = useT()
  const { data } = useQuery(query)
  const entries = (list: ListName) => data?.[list] ?? []
  return {
    name: (list, code) => {
      const entry = entries(list).find((one) => one.code === code)
      return entry ? t(entry.name) : code
    },
    options: (list) => entries(list).map(({ code, name }) => ({ value: code, label: t(name) })),
  }
}
