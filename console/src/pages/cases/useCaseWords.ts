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
  /** The states of a case, in the order of its life. */
  states: Words
  /** The lines that a case may take. */
  routes: Words
  /** What happened, decisions on requests included: `extension_granted`. */
  events: Words
  /** The degrees of supervision by number, the mildest first. */
  levels: Words
  /** What may be asked for about a case. */
  requestKinds: Words
  /** How a request stands. */
  requestStates: Words
  /** The ways in which an integrity clue is decided. */
  ways: Words
  investigationKinds: Words
  clocks: Words
  /** How somebody was reached. */
  methods: Words
  /** Answers to “were you contacted?”. */
  contacted: Words
  /** Answers to “is it solved?”. */
  solved: Words
  /** Answers to “are you satisfied?”. */
  satisfied: Words
  /** Who leads by a row of the dispatch catalogue. */
  targets: Words
  /** What a case waits for, with the permission of those who do it. */
  waits: Schemas['CaseworkWaitKind'][]
  /** What who reported is opened for. */
  purposes: Words
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
      states: wordsOf(handling.states),
      routes: wordsOf(handling.routes),
      events: wordsOf(handling.events),
      levels: wordsOf(handling.levels),
      requestKinds: wordsOf(handling.request_kinds),
      requestStates: wordsOf(handling.request_states),
      ways: wordsOf(handling.ways),
      investigationKinds: wordsOf(handling.investigation_kinds),
      clocks: wordsOf(handling.clocks),
      methods: wordsOf(handling.methods),
      contacted: wordsOf(handling.contacted),
      solved: wordsOf(handling.solved),
      satisfied: wordsOf(handling.satisfied),
      targets: wordsOf(handling.targets),
      waits: handling.waits ?? [],
      purposes: wordsOf(handling.purposes),
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

function wordsOf(list: { code: string; name: Schemas['I18nText'] }[] | null | undefined): Words {
  return Object.fromEntries((list ?? []).map(({ code, name }) => [code, name]))
}
