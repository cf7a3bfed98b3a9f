import { type Text, text } from '@/i18n/text'
import type { Media } from '@/parts/media/media'
import type { CaseDetail } from './caseApi'

type CaseFile = CaseDetail['content']['files'][number]

const whyNot: Record<string, Text> = {
  pending: text('正在做安全处理，完成后可看', 'Being made safe; it can be seen after that'),
  failed: text('安全处理失败，不能打开', 'It could not be made safe and cannot be opened'),
  ready: text('已安全处理，原件留存在案卷', 'Made safe; kept in the file'),
}

/** A file of a case as it is shown. The server has no address for the files yet, so none is opened. */
export function mediaOf(file: CaseFile): Media {
  return {
    id: file.id,
    name: file.name,
    type: file.kind,
    url: '',
    withheld: whyNot[file.state] ?? text(file.state, file.state),
  }
}
