import { createContext, useContext } from 'react'
import { upload } from '@/api/upload'

/** What can be chosen by name without asking the server. */
export interface Supply {
  id: string
  name: string
}

/** What fields stand on that would otherwise ask the server. */
export interface Supplies {
  /** Takes a file, and returns what an answer names it by. */
  keep: (file: File) => Promise<string>
  /** What a file is called that was taken. */
  fileName: (id: string) => string | undefined
  /** What was taken along, by the name of the search; undefined where there always is a network. */
  names?: Readonly<Record<string, readonly Supply[] | undefined>>
}

const atServer: Supplies = { keep: upload, fileName: () => undefined }

const SuppliesContext = createContext<Supplies>(atServer)

/** Gives the fields below what they stand on. */
export const SuppliesProvider = SuppliesContext.Provider

/** What the fields here stand on: the server, unless a page says otherwise. */
export function useSupplies(): Supplies {
  return useContext(SuppliesContext)
}

const later = 'later:'

/** An answer that is a name for now: it is looked up once there is a network. */
export function nameForNow(name: string): string {
  return later + name
}

/** The name that stands for now; undefined for an answer that is an identifier. */
export function forNow(answer: unknown): string | undefined {
  return typeof answer === 'string' && answer.startsWith(later)
    ? answer.slice(later.length)
    : undefined
}
