import { api, read } from '@/api/client'
import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']

/** A report that is typed in for somebody. */
export type Entry = Schemas['IntakeEntry']

/** What came of it: the case, and the receipt to be read out. */
export type Entered = Schemas['IntakeEntered']

/** Enters a report; what was left empty is left out. */
export function enter(entry: Entry): Promise<Entered> {
  return read(api.POST('/api/v1/reports', { body: filledIn(entry) }))
}

/** What was filled in of a report, answers of other categories than the chosen one left out. */
export function filledIn(entry: Entry): Entry {
  const kept = Object.entries(entry).filter(([, value]) => !isEmpty(value))
  const answers = Object.entries(entry.answers ?? {}).filter(([, value]) => !isEmpty(value))
  return {
    ...(Object.fromEntries(kept) as Entry),
    ...(entry.answers && { answers: Object.fromEntries(answers) }),
  }
}

/** A key by which the server knows a report that is sent twice. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false
}
