import { mediaOfFile } from '@/parts/media/fileMedia'
import type { Media } from '@/parts/media/media'
import type { CaseDetail } from './caseApi'

type CaseFile = CaseDetail['content']['files'][number]

/** A file of a case as it is shown. */
export function mediaOf(caseId: string, file: CaseFile): Media {
  const url = `/api/v1/cases/${encodeURIComponent(caseId)}/files/${encodeURIComponent(file.id)}`
  return mediaOfFile(url, file)
}

/** Files that came together, and from whom; those that came with the report say nothing of that. */
export interface HandedIn {
  at: string
  from: 'reporter' | 'staff' | undefined
  files: CaseFile[]
}

/** How long a report is being written down: files of the same step differ by no more. */
const together = 5_000

/** The files of a case by when they were handed in: first the report’s, then what was added. */
export function handedIn(detail: CaseDetail): HandedIn[] {
  const adding = detail.timeline.find((event) => event.detail.files)
  const first = adding ? Date.parse(adding.at) - together : Number.POSITIVE_INFINITY
  const groups: HandedIn[] = []
  for (const file of detail.content.files ?? []) {
    const from = senderOf(file, first)
    const last = groups.at(-1)
    if (last && isSame(last, file, from)) last.files.push(file)
    else groups.push({ at: file.at, from, files: [file] })
  }
  return groups
}

/** Who added a file; nobody where it came with the report. */
function senderOf(file: CaseFile, first: number): HandedIn['from'] {
  if (Date.parse(file.at) < first) return undefined
  return file.from === 'staff' ? 'staff' : 'reporter'
}

function isSame(last: HandedIn, file: CaseFile, from: HandedIn['from']): boolean {
  if (last.from !== from) return false
  return from === undefined || Date.parse(file.at) - Date.parse(last.at) < together
}
