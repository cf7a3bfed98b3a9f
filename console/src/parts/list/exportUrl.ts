import { settings } from '@/settings/settings'
import { writeParams } from '@/url/params'
import type { Query } from './query'

/** The file formats that a list can be taken away in. */
export type ExportFormat = 'xlsx' | 'csv'

/**
 * The address of the same rows as a file. A download carries no `Accept-Language` of ours, so the
 * language goes as `lang`.
 */
export function exportUrl(
  path: string,
  pathParams: Record<string, string>,
  query: Query,
  format: ExportFormat,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pathParams[name] ?? ''),
  )
  return `${filled}/export${writeParams({ ...query, format, lang: settings().language })}`
}
