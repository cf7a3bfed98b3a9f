import { Image } from 'antd'
import { useT } from '@/i18n/useT'
import { MediaFile } from './MediaFile'
import { MediaPlayer } from './MediaPlayer'
import { type Media, mediaKind } from './media'
import './media.css'

interface MediaViewerProps {
  media: Media[]
  /** Tries again what failed, by identifier. */
  onRetry?: (id: string) => void
}

/** Attachments in place: images to leaf through, sound and video to play, the rest to download. */
export function MediaViewer({ media, onRetry }: MediaViewerProps) {
  const t = useT()
  const of = (...kinds: string[]) => media.filter((one) => kinds.includes(mediaKind(one)))
  if (media.length === 0) return <span className="qf-faint">{t('没有附件', 'No attachments')}</span>
  return (
    <div className="qf-media">
      <Image.PreviewGroup>
        <div className="qf-media-images">
          {of('image').map((image) => (
            <Image
              key={image.id}
              src={image.thumbnail ?? image.url}
              preview={{ src: image.url }}
              alt={image.name}
              width={112}
              height={112}
              loading="lazy"
            />
          ))}
        </div>
      </Image.PreviewGroup>
      {of('audio', 'video').map((one) => (
        <MediaPlayer key={one.id} media={one} />
      ))}
      {of('file').map((file) => (
        <MediaFile key={file.id} media={file} onRetry={onRetry} />
      ))}
    </div>
  )
}
