import { api, read } from './client'
import type { components } from './schema.gen'

/** What a search for numbers, places and people found. */
export type SearchHit = components['schemas']['SearchHit']

/** A message to the signed-in person. */
export type Notification = components['schemas']['Notification']

/** One organisation in a picker. */
export type Unit = components['schemas']['UnitChoice']

/** Searches numbers, places and people for the Ctrl-K box. */
export async function search(q: string, signal: AbortSignal): Promise<SearchHit[]> {
  return (await read(api.GET('/api/v1/search', { params: { query: { q } }, signal }))).items ?? []
}

/** The newest notifications and how many are unread, for the bell. */
export async function latestNotifications(): Promise<{ items: Notification[]; unread: number }> {
  const page = await read(api.GET('/api/v1/notifications', { params: { query: { limit: 8 } } }))
  return { items: page.items ?? [], unread: page.unread }
}

/** Marks notifications as read. */
export async function markRead(ids: string[]): Promise<void> {
  await api.POST('/api/v1/notifications/read', { body: { ids } })
}

/** Asks for organisations: the children of one, those whose name matches, or those with these ids. */
export async function units(query: {
  parent?: string
  q?: string
  id?: string[]
}): Promise<Unit[]> {
  return (await read(api.GET('/api/v1/org/units', { params: { query } }))).items ?? []
}
