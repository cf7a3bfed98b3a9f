import type { Text } from '@/i18n/text'

/** One attachment as it is shown; staff see sanitised copies. */
export interface Media {
  id: string
  name: string
  /** The content type, such as `image/jpeg`. */
  type: string
  url: string
  /** Where it is to be kept from; `url` where that is the same. */
  download?: string
  /** The pages of a document that can be looked at, as pictures. */
  pages?: string[]
  /** It is handed out as the sender made it, so whoever opens it is warned first. */
  raw?: boolean
  /** A small picture of it, for images and video. */
  thumbnail?: string
  /** Bytes. */
  size?: number
  /** Why it cannot be shown yet or at all; then `url` is not used. */
  withheld?: Text
  /** What makes it fit to be shown has failed and may be tried again. */
  failed?: boolean
}

/** How an attachment is shown. */
export type MediaKind = 'image' | 'pages' | 'audio' | 'video' | 'file'

/** Decides by the content type; whatever a browser may not show is offered as a download. */
export function mediaKind(media: Media): MediaKind {
  if (media.withheld) return 'file'
  if (media.pages?.length) return 'pages'
  const kind = media.type.split('/')[0]
  // An SVG is a document that can carry scripts, so it is never opened in place.
  if (kind === 'image' && media.type !== 'image/svg+xml') return 'image'
  return kind === 'audio' || kind === 'video' ? kind : 'file'
}

/** Bytes in words: `820 KB`, `3.4 MB`. */
export function showSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 ** 2) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`
}
