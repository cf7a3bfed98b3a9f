import { type Text, text } from '@/i18n/text'
import type { Media } from './media'

/** A file as the server lists it, wherever it hangs. */
interface ListedFile {
  id: string
  name: string
  kind: string
  state: string
  size: number
  pages: number
}

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

/** A file at an address as it is shown: the sanitised copy, or why there is none yet. */
export function mediaOfFile(url: string, file: ListedFile): Media {
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
