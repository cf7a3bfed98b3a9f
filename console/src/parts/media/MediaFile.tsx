import { PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { type Media, showSize } from './media'

interface MediaFileProps {
  media: Media
  onRetry?: ((id: string) => void) | undefined
}

/** An attachment as a line: its name to download it, its size, or why it is withheld. */
export function MediaFile({ media, onRetry }: MediaFileProps) {
  const t = useT()
  const size = media.size === undefined ? '' : showSize(media.size)
  return (
    <span className="qf-media-file">
      <PaperClipOutlined />{' '}
      {media.withheld ? (
        <>
          {media.name} <span className="qf-faint">{t(media.withheld)}</span>{' '}
          {media.failed && onRetry && (
            <Button size="small" onClick={() => onRetry(media.id)}>
              {t('重新处理', 'Try again')}
            </Button>
          )}
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
