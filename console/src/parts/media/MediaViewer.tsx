import { Image } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import { MediaFile } from './MediaFile'
import { MediaPlayer } from './MediaPlayer'
import { type Media, mediaKind } from './media'
import './media.css'

interface MediaViewerProps {
  media: Media[]
  /** Tries again what failed, by identifier. */
  onRetry?: (id: string) => void
  /** What else can be done with one of them. */
  more?: (media: Media) => ReactNode
}

/**
 * Attachments in place: images and the pages of documents to leaf through, sound and video to play,
 * the rest to download.
 */
export function MediaViewer({ media, onRetry, more }: MediaViewerProps) {
  const t = useT()
  const of = (...kinds: string[]) => media.filter((one) => kinds.includes(mediaKind(one)))
  if (media.length === 0) return <span className="qf-faint">{t('没有附件', 'No attachments')}</span>
  return (
    <div className="qf-media">
      <div className="qf-media-images">
        <Image.PreviewGroup>
          {of('image').map((image) => (
            <figure key={image.id} className="qf-media-image">
              <Thumbnail media={image} preview={{ src: image.url }} />
              <figcaption>
                <MediaFile media={image} more={more?.(image)} />
              </figcaption>
            </figure>
          ))}
        </Image.PreviewGroup>
        {of('pages').map((document) => (
          <figure key={document.id} className="qf-media-image qf-media-page">
            <Image.PreviewGroup items={document.pages ?? []}>
              <Thumbnail media={document} preview={{ src: document.pages?.[0] ?? '' }} />
            </Image.PreviewGroup>
            <figcaption>
              <MediaFile media={document} more={more?.(document)} />{' '}
              <span className="qf-faint">
                {t(`共 ${document.pages?.length} 页`, `Pages: ${document.pages?.length}`)}
              </span>
            </figcaption>
          </figure>
        ))}
      </div>
      {of('audio', 'video').map((one) => (
        <MediaPlayer key={one.id} media={one} more={more?.(one)} />
      ))}
      {of('file').map((file) => (
        <MediaFile key={file.id} media={file} onRetry={onRetry} more={more?.(file)} />
      ))}
    </div>
  )
}

function Thumbnail({ media, preview }: { media: Media; preview: { src: string } }) {
  return (
    <Image
      src={media.thumbnail ?? media.url}
      preview={preview}
      alt={media.name}
      width={112}
      height={112}
      loading="lazy"
    />
  )
}
