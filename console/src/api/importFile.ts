import { api, read } from './client'

/** One row that the server did not accept, and why. */
export interface RefusedRow {
  /** The row in the sheet, counted as the sheet counts: the header is row 1. */
  row: number
  /** The heading of the column, empty when the whole row is meant. */
  field: string
  value: string
  message: string
}

/** What the server made of a file. */
export interface ImportReport {
  total: number
  valid: number
  /** Zero when something was refused and nobody asked for the valid rows alone. */
  imported: number
  refused: RefusedRow[] | null
}

/** Sends a table. A file with refused rows is imported not at all, unless `validOnly` asks for the rest. */
export function importFile(path: string, file: File, validOnly: boolean): Promise<ImportReport> {
  const form = new FormData()
  form.append('file', file, file.name)
  if (validOnly) form.append('valid_only', 'true')
  // The path comes from the page, and a multipart body has no generated type.
  const init = { body: form, bodySerializer: (body: FormData) => body } as never
  return read(api.POST(path as never, init)) as Promise<ImportReport>
}
