import { type Text, text } from '@/i18n/text'
import type { Media } from '@/parts/media/media'
import type { CaseDetail } from './caseApi'

type CaseFile = CaseDetail['content']['files'][number]

const whyNot: Record<string, Text> = {
  pending: text(
    '正在做安全处理，完成后自动显示',
    'Being made safe; it appears by itself when done',
  ),
  failed: text('安全处理没有成功，暂不能打开', 'It could not be made safe and stays closed'),
}

// Of other kinds there is no small picture.
const pictured = ['image', 'video']

/** The pages of a document as pictures, each drawn for whoever looks. */
const pagesOf = (url: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${url}?variant=page&page=${index + 1}`)

/** A file of a case as it is shown. */
export function mediaOf(caseId: string, file: CaseFile): Media {
  return mediaAt(`/api/v1/cases/${encodeURIComponent(caseId)}`, file)
}

/** What is known of a file of any record. */
type AnyFile = Pick<CaseFile, 'id' | 'name' | 'kind' | 'state' | 'size' | 'pages'>

/** A file of the record at an address: the sanitised copy, or why there is none yet. */
export function mediaAt(record: string, file: AnyFile): Media {
  const url = `${record}/files/${encodeURIComponent(file.id)}`
  const withheld = whyNot[file.state]
  const paged = file.pages > 0
  return {
    id: file.id,
    name: file.name,
    type: file.kind,
    url,
    download: `${url}?download=true`,
    size: file.size,
    ...(paged && { pages: pagesOf(url, file.pages) }),
    ...(file.kind === 'document' && !paged && { raw: true }),
    ...((paged || pictured.includes(file.kind)) && { thumbnail: `${url}?variant=thumb` }),
    ...(withheld && { withheld }),
    failed: file.state === 'failed',
  }
}

/** Whether a copy of some file is still being made. */
export function awaitsFiles(detail: CaseDetail | undefined): boolean {
  return (detail?.content.files ?? []).some((file) => file.state === 'pending')
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
