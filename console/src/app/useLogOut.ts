import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useCallback } from 'react'
import { asProblem } from '@/api/problem'
import { leave, logOut } from '@/api/session'
import { dropDrafts } from '@/parts/form/draft'

/** Signs out and leaves nothing behind in this tab: no rows, no drafts. */
export function useLogOut(): () => Promise<void> {
  const client = useQueryClient()
  const { message } = App.useApp()
  return useCallback(async () => {
    try {
      await logOut()
    } catch (error) {
      // Staying signed in unnoticed would be worse than the message.
      message.error(asProblem(error).message)
      return
    }
    dropDrafts()
    leave(client)
  }, [client, message])
}
