import type { components } from './schema.gen'

type User = components['schemas']['OrgUser']

const key = 'qingfeng.offline.person'

/**
 * Makes this browser ready to work without a network for a person: it remembers who that is, and
 * keeps the files of the shell. The server is asked who they are as soon as it can be.
 */
export function prepareOffline(person: User): void {
  localStorage.setItem(key, JSON.stringify(person))
  if (!import.meta.env.PROD) return
  // Where there is none (plain http), the page works as long as it stays open.
  navigator.serviceWorker?.register('/console/sw.js', { scope: '/console/' }).catch(() => undefined)
}

/** Who works in this browser without a network, or null. */
export function offlinePerson(): User | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as User | null
  } catch {
    return null // Not ours.
  }
}

/** Forgets who that was, and the files of the shell. */
export async function endOffline(): Promise<void> {
  localStorage.removeItem(key)
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? []
  await Promise.all(workers.map((one) => one.unregister()))
  const names = (await globalThis.caches?.keys()) ?? []
  await Promise.all(names.map((name) => caches.delete(name)))
}
