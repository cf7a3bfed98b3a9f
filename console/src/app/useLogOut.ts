import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useCallback } from 'react'
import { endOffline } from '@/api/offline'
import { asProblem } from '@/api/problem'
import { leave, logOut, sessionQuery } from '@/api/session'
import { useT } from '@/i18n/useT'
import { clearShelf } from '@/pages/inspection/visit/shelf'
import { unsentVisits } from '@/pages/inspection/visit/visit'
import { dropDrafts } from '@/parts/form/draft'

/** Signs out and leaves nothing behind in this tab: no rows, no drafts, no visits. */
export function useLogOut(): () => Promise<void> {
  const client = useQueryClient()
  const { message, modal } = App.useApp()
  const t = useT()
  return useCallback(async () => {
    const person = client.getQueryData(sessionQuery.queryKey)
    if (person && (await unsentVisits(person.id)) > 0 && !(await modal.confirm(unsent(t)))) return
    try {
      await logOut()
    } catch (error) {
      // Staying signed in unnoticed would be worse than the message.
      message.error(asProblem(error).message)
      return
    }
    dropDrafts()
    if (person) await Promise.all([clearShelf(person.id), endOffline()])
    leave(client)
  }, [client, message, modal, t])
}

/** Asks before what only this phone has is lost. */
function unsent(t: ReturnType<typeof useT>) {
  return {
    title: t('有现场记录还没有上传', 'Visits on this phone have not been sent'),
    content: t(
      '退出后，这台手机上的现场记录会被删除，不能恢复。',
      'Signing out deletes them from this phone for good.',
    ),
    okText: t('仍然退出', 'Sign out all the same'),
    okButtonProps: { danger: true },
    cancelText: t('先不退出', 'Stay'),
  }
}
