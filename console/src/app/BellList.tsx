import { Button } from 'antd'
import type { Notification } from '@/api/notifications'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { When } from '@/parts/record/When'

interface BellListProps {
  items: Notification[]
  error: unknown
  onFollow: (one: Notification) => void
  onAll: () => void
}

/** The newest notifications, under the bell. */
export function BellList({ items, error, onFollow, onAll }: BellListProps) {
  const t = useT()
  return (
    <div className="qf-bell">
      {error ? <ProblemAlert error={error} /> : null}
      {items.length === 0 && !error && (
        <p className="qf-faint">{t('没有通知', 'No notifications')}</p>
      )}
      {items.map((one) => (
        <button
          key={one.id}
          type="button"
          className={`qf-bell-item ${one.read_at ? '' : 'qf-bell-unread'}`}
          onClick={() => onFollow(one)}
        >
          <span>
            {!one.read_at && <span className="qf-hidden">{t('未读：', 'Unread: ')}</span>}
            {t(one.title)}
          </span>
          <span className="qf-faint">
            <When at={one.created_at} />
          </span>
        </button>
      ))}
      <Button type="link" block onClick={onAll}>
        {t('全部通知', 'All notifications')}
      </Button>
    </div>
  )
}
