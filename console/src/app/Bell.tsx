import { BellOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import {
  latestNotifications,
  markRead,
  type Notification,
  notificationsKey,
  unreadNotifications,
} from '@/api/notifications'
import { useT } from '@/i18n/useT'
import { useGo } from '@/url/useGo'
import { BellList } from './BellList'

/** How many notifications are unread, and the newest of them. */
export function Bell() {
  const t = useT()
  const go = useGo()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const latest = useQuery(latestNotifications)
  const unread = useQuery(unreadNotifications).data?.value ?? 0
  const reading = useMutation({
    mutationFn: (id: string) => markRead([id]),
    onSuccess: () => client.invalidateQueries({ queryKey: notificationsKey }),
  })
  const follow = (one: Notification) => {
    setOpen(false)
    if (!one.read_at) reading.mutate(one.id)
    go(one.link || '/notifications')
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={t('通知', 'Notifications')}
      content={
        <BellList
          items={latest.data ?? []}
          error={latest.error}
          onFollow={follow}
          onAll={() => {
            setOpen(false)
            go('/notifications')
          }}
        />
      }
    >
      <Badge count={unread} size="small" offset={[-4, 4]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={t(`通知，${unread} 条未读`, `Notifications, ${unread} unread`)}
        />
      </Badge>
    </Popover>
  )
}
