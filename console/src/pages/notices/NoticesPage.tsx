import type { RowOf } from '@/api/answers'
import { markRead } from '@/api/notifications'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'

const path = '/api/v1/notifications'

type Notice = RowOf<typeof path>

/** All notifications of the person, to leaf through and to mark as read. */
export default function NoticesPage() {
  const t = useT()
  return (
    <ListPage
      id="notifications"
      title={t('通知', 'Notifications')}
      path={path}
      filters={filters(t)}
      columns={columns(t)}
      keyOf={(notice) => notice.id}
      linkOf={(notice) => notice.link}
      bulk={[
        {
          key: 'read',
          label: t('标为已读', 'Mark as read'),
          run: (notices) => markRead(notices.map((notice) => notice.id)),
        },
      ]}
      empty={{
        title: t('还没有通知', 'No notifications yet'),
        hint: t(
          '派给您的事项、快到期和超期的提醒会出现在这里。',
          'Work given to you, and reminders of what is due or overdue, will appear here.',
        ),
      }}
    />
  )
}

function filters(t: Translate): Filter[] {
  return [{ kind: 'flag', name: 'unread', label: t('只看未读', 'Unread only') }]
}

function columns(t: Translate): Column<Notice>[] {
  return [
    {
      key: 'title',
      title: t('内容', 'Message'),
      primary: true,
      long: true,
      cell: (notice) => t(notice.title),
    },
    {
      key: 'read',
      title: t('状态', 'State'),
      width: 90,
      cell: (notice) =>
        notice.read_at ? (
          t('已读', 'Read')
        ) : (
          <StateTag tone="active">{t('未读', 'Unread')}</StateTag>
        ),
    },
    {
      key: 'created_at',
      title: t('时间', 'Time'),
      width: 160,
      cell: (notice) => <When at={notice.created_at} />,
    },
  ]
}
