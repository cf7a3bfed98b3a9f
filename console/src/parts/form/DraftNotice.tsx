import { Alert, Button } from 'antd'
import { useT } from '@/i18n/useT'

/** Says that earlier input was put back, and lets the person drop it. */
export function DraftNotice({ onDiscard }: { onDiscard: () => void }) {
  const t = useT()
  return (
    <Alert
      type="info"
      showIcon
      title={t('已恢复上次没有提交的内容', 'Your unsent input has been put back')}
      action={
        <Button size="small" onClick={onDiscard}>
          {t('丢弃', 'Discard')}
        </Button>
      }
    />
  )
}
