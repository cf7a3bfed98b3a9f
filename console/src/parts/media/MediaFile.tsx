import { PaperClipOutlined } from '@ant-design/icons'
import { useT } from '@/i18n/useT'
import { type Media, showSize } from './media'

/** An attachment as a line: its name to download it, its size, or why it is withheld. */
export function MediaFile({ media }: { media: Media }) {
  const t = useT()
  const size = media.size === undefined ? '' : showSize(media.size)
  return (
    <span className="qf-media-file">
      <PaperClipOutlined />{' '}
      {media.withheld ? (
        <>
          {media.name} <span className="qf-faint">{t(media.withheld)}</span>
        </>
      ) : (
        <>
          <a href={media.url} download={media.name}>
            {media.name}
          </a>{' '}
          <span className="qf-faint">{size}</span>
        </>
      )}
    </span>
  )
}
