import { BellOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { latestNotifications, markRead, type Notification } from '@/api/shell'
import { useT } from '@/i18n/useT'
import { useGo } from '@/url/useGo'
import { BellList } from './BellList'

const everyMs = 60_000

/** How many notifications are unread, and the newest of them. */
export function Bell() {
  const t = useT()
  const go = useGo()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const latest = useQuery({
    queryKey: ['notifications', 'latest'],
    queryFn: latestNotifications,
    refetchInterval: everyMs,
  })
  const reading = useMutation({
    mutationFn: (id: string) => markRead([id]),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
  const follow = (one: Notification) => {
    setOpen(false)
    if (!one.read) reading.mutate(one.id)
    go(one.url ?? '/notifications')
  }
  const unread = latest.data?.unread ?? 0
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={t('通知', 'Notifications')}
      content={
        <BellList
          items={latest.data?.items ?? []}
          error={latest.error}
          onFollow={follow}
          onAll={() => {
            setOpen(false)
            go('/notifications')
          }}
        />
      }
    >
      <Badge count={unread} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={t(`通知，${unread} 条未读`, `Notifications, ${unread} unread`)}
        />
      </Badge>
    </Popover>
  )
}
