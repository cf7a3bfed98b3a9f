import { api, read } from './client'
import type { components } from './schema.gen'

/** What the server makes of a table: how many rows are in order, and what is wrong with the others. */
export type ImportReport = components['schemas']['BulkReport']

/** One complaint about one row, as the sheet counts. */
export type RowProblem = components['schemas']['SheetProblem']

/** What is to be done with a table. */
export type ImportMode = 'check' | 'all' | 'valid'

const queries = {
  check: {},
  all: { commit: true },
  valid: { commit: true, only_valid: true },
} satisfies Record<ImportMode, object>

/**
 * Sends a table: to be checked, to be imported if every row is in order, or as far as rows
 * are. What was chosen for rows that do not say it goes along.
 */
export function importFile(
  path: string,
  file: File,
  mode: ImportMode,
  chosen: object = {},
): Promise<ImportReport> {
  const init = {
    params: { query: { ...chosen, name: file.name, ...queries[mode] } },
    body: file,
    bodySerializer: (body: File) => body,
    headers: { 'Content-Type': 'application/octet-stream' },
  }
  // The path comes from the page; every import answers in the same way.
  return read(api.POST(path as never, init as never)) as Promise<ImportReport>
}
