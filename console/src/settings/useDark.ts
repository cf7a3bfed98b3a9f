import { useSyncExternalStore } from 'react'
import { useSettings } from './useSettings'

const query = '(prefers-color-scheme: dark)'

/** Whether the console is dark now: by choice, or because the machine is. */
export function useDark(): boolean {
  const { theme } = useSettings()
  const systemDark = useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
  return theme === 'system' ? systemDark : theme === 'dark'
}

function subscribe(tell: () => void): () => void {
  const media = window.matchMedia(query)
  media.addEventListener('change', tell)
  return () => media.removeEventListener('change', tell)
}
