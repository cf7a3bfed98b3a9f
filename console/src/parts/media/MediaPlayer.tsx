import { type ReactNode, useState } from 'react'
import { MediaFile } from './MediaFile'
import { type Media, mediaKind } from './media'

/** Sound or video with the browser's own controls; what it cannot play is offered as a download. */
export function MediaPlayer({ media, more }: { media: Media; more?: ReactNode }) {
  const [broken, setBroken] = useState(false)
  const kind = mediaKind(media)
  const shared = {
    src: media.url,
    controls: true,
    preload: 'metadata',
    'aria-label': media.name,
    onError: () => setBroken(true),
  } as const
  return (
    <figure className="qf-media-player">
      {!broken &&
        (kind === 'audio' ? <audio {...shared} /> : <video {...shared} poster={media.thumbnail} />)}
      <figcaption>
        <MediaFile media={media} more={more} />
      </figcaption>
    </figure>
  )
}
