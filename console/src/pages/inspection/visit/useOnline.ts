import { useSyncExternalStore } from 'react'

/** Whether the browser has a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    (tell) => {
      globalThis.addEventListener('online', tell)
      globalThis.addEventListener('offline', tell)
      return () => {
        globalThis.removeEventListener('online', tell)
        globalThis.removeEventListener('offline', tell)
      }
    },
    () => navigator.onLine,
  )
}
