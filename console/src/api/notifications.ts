import { queryOptions } from '@tanstack/react-query'
import { api, read } from './client'
import type { components } from './schema.gen'

/** A message to the signed-in person. */
export type Notification = components['schemas']['NotifyNotification']

/** How many the bell shows. */
const latest = 8
const everyMs = 60_000

/** Where all that is about notifications is kept, to be asked for anew after one was read. */
export const notificationsKey = ['notifications']

/** The newest notifications, for the bell. */
export const latestNotifications = queryOptions({
  queryKey: [...notificationsKey, 'latest'],
  queryFn: async () =>
    (await read(api.GET('/api/v1/notifications', { params: { query: { limit: latest } } }))).items,
  refetchInterval: everyMs,
})

/** How many notifications are unread. */
export const unreadNotifications = queryOptions({
  queryKey: [...notificationsKey, 'unread'],
  queryFn: () => read(api.GET('/api/v1/notifications/unread')),
  refetchInterval: everyMs,
})

/** Marks notifications as read. */
export async function markRead(ids: string[]): Promise<void> {
  await api.POST('/api/v1/notifications/read', { body: { ids } })
}
