import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { components } from '@/api/schema.gen'
import type { Words } from './words'

type Schemas = components['schemas']

/** A question that some categories add to the report. */
export type Question = Schemas['IntakeQuestion']

/** The closed lists of the server from which reports are made up and cases handled. */
export interface CaseWords {
  /** By letter. */
  categories: Words
  /** The letters and below each the codes of its items. */
  catalogue: Schemas['DemandCategory'][]
  channels: Words
  /** The channels of what staff type in, the most usual first. */
  entered: string[]
  classes: Words
  modes: Words
  urgencies: Words
  outcomes: Words
  causes: Words
  exclusions: Words
  questions: Question[]
  /** What may be done to several cases at once. */
  commonSteps: Schemas['CaseworkCommonStep'][]
}

/** The names of those lists that are nothing but codes with names. */
export type CaseList = {
  [L in keyof CaseWords]: CaseWords[L] extends Words ? L : never
}[keyof CaseWords]

const query = queryOptions({
  queryKey: ['cases', 'words'],
  queryFn: async ({ signal }): Promise<CaseWords> => {
    const [report, handling] = await Promise.all([
      read(api.GET('/api/v1/intake/dictionaries', { signal })),
      read(api.GET('/api/v1/casework/dictionaries', { signal })),
    ])
    return {
      categories: wordsOf(report.categories),
      catalogue: report.categories ?? [],
      channels: wordsOf(report.channels),
      entered: report.entered ?? [],
      classes: wordsOf(report.classes),
      modes: wordsOf(report.modes),
      urgencies: wordsOf(report.urgencies),
      outcomes: wordsOf(handling.outcomes),
      causes: wordsOf(handling.causes),
      exclusions: wordsOf(handling.exclusion_reasons),
      questions: report.questions ?? [],
      commonSteps: handling.common_steps ?? [],
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** The closed lists; a page that uses them waits until they are there. */
export function useCaseWords(): CaseWords {
  return useSuspenseQuery(query).data
}

function wordsOf(list: { code: string; name: Schemas['I18nText'] }[] | null): Words {
  return Object.fromEntries((list ?? []).map(({ code, name }) => [code, name]))
}
