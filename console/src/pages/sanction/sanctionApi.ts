import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { awaitsFiles, soonWhile } from '@/api/awaited'
import { api, read } from '@/api/client'
import type { components } from '@/api/schema.gen'
import type { Text } from '@/i18n/text'

type Schemas = components['schemas']

/** The closed lists of sanctions, and the rules in force. */
export type Dictionary = Schemas['SanctionDictionary']
/** A penalty with all that hangs on it. */
export type PenaltyDetail = Schemas['SanctionPenaltyDetail']
/** A limit that a record has to keep. */
export type Clock = Schemas['SanctionClock']
/** A step of a record. */
export type Told = Schemas['OrgDeed']
/** A subject and all that is known of it. */
export type Credit = Schemas['SanctionCredit']
/** A publication with who stands behind it. */
export type PublicationDetail = Schemas['SanctionPublicationDetail']
/** What a publication says that was imposed. */
export type PublicMeasure = Schemas['SanctionPublicMeasure']
/** A transfer with its receipts. */
export type TransferDetail = Schemas['SanctionTransferDetail']

/** Something with a code and a name. */
export interface Coded {
  code: string
  name: Text
}

const dictionary = queryOptions({
  queryKey: ['sanction', 'words'],
  queryFn: () => read(api.GET('/api/v1/sanctions/dictionary')),
  staleTime: 60_000,
})

/** The closed lists; a page that uses them waits until they are there. */
export function useDictionary(): Dictionary {
  return useSuspenseQuery(dictionary).data
}

/** What a code of a list stands for. */
export function named(list: readonly Coded[] | null | undefined, code: string): Text {
  return list?.find((one) => one.code === code)?.name ?? { zh: code, en: code }
}

const by = (id: string) => ({ params: { path: { id } } })

/** One penalty. */
export const penaltyQuery = (id: string) =>
  queryOptions({
    queryKey: ['sanction', 'penalty', id],
    queryFn: () => read(api.GET('/api/v1/sanctions/penalties/{id}', by(id))),
  })

/** One event of points. */
export const pointQuery = (id: string) =>
  queryOptions({
    queryKey: ['sanction', 'point', id],
    queryFn: () => read(api.GET('/api/v1/sanctions/points/{id}', by(id))),
  })

/** One credit record. */
export const creditQuery = (id: string) =>
  queryOptions({
    queryKey: ['sanction', 'credit', id],
    queryFn: () => read(api.GET('/api/v1/sanctions/credit/{id}', by(id))),
  })

/** One transfer; a receipt appears by itself when its copy is made. */
export const transferQuery = (id: string) =>
  queryOptions({
    queryKey: ['sanction', 'transfer', id],
    queryFn: () => read(api.GET('/api/v1/sanctions/transfers/{id}', by(id))),
    refetchInterval: ({ state }) => soonWhile(awaitsFiles(state.data?.files)),
  })

/** One publication. */
export const publicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['sanction', 'publication', id],
    queryFn: () => read(api.GET('/api/v1/sanctions/publications/{id}', by(id))),
  })

/** Sends what a form was filled in with; which body belongs to which address is settled in forms.ts. */
export async function send(path: string, body: object): Promise<{ id: string }> {
  return (await read(api.POST(path as never, { body } as never))) as { id: string }
}
