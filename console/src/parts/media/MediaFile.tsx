import { PaperClipOutlined } from '@ant-design/icons'
import { Button, Popconfirm } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import { type Media, showSize } from './media'

interface MediaFileProps {
  media: Media
  onRetry?: ((id: string) => void) | undefined
  /** What else can be done with it. */
  more?: ReactNode
}

/** An attachment as a line: its name to download it, its size, or why it is withheld. */
export function MediaFile({ media, onRetry, more }: MediaFileProps) {
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
          <DownloadLink media={media} /> <span className="qf-faint">{size}</span>
        </>
      )}
      {more}
    </span>
  )
}

/** The name as a link; before a document as the sender made it stands a warning. */
function DownloadLink({ media }: { media: Media }) {
  const t = useT()
  const from = media.download ?? media.url
  if (!media.raw) {
    return (
      <a href={from} download={media.name}>
        {media.name}
      </a>
    )
  }
  return (
    <Popconfirm
      title={t('这是未经转换的原始文档', 'This document is as its sender made it')}
      description={t(
        '可能含有病毒、外部链接或作者信息。请只在不联网的计算机上打开，不要转发。下载会记入日志。',
        'It may hold viruses, links or its author’s name. Open it only on a computer without a network, and do not pass it on. The download is noted.',
      )}
      okText={t('知道风险，下载', 'I know; download')}
      cancelText={t('取消', 'Cancel')}
      onConfirm={() => save(from, media.name)}
    >
      <Button type="link" className="qf-media-raw">
        {media.name}
      </Button>
    </Popconfirm>
  )
}

function save(from: string, name: string) {
  const link = document.createElement('a')
  link.href = from
  link.download = name
  link.click()
}
