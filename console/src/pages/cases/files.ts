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

/** A file of a case as it is shown: the sanitised copy, or why there is none yet. */
export function mediaOf(caseId: string, file: CaseFile): Media {
  const url = `/api/v1/cases/${encodeURIComponent(caseId)}/files/${encodeURIComponent(file.id)}`
  const withheld = whyNot[file.state]
  return {
    id: file.id,
    name: file.name,
    type: file.kind,
    url,
    ...(pictured.includes(file.kind) && { thumbnail: `${url}?variant=thumb` }),
    ...(withheld && { withheld }),
    failed: file.state === 'failed',
  }
}

/** Whether a copy of some file is still being made. */
export function awaitsFiles(detail: CaseDetail | undefined): boolean {
  return (detail?.content.files ?? []).some((file) => file.state === 'pending')
}
