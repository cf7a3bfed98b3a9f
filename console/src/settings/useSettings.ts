import { useSyncExternalStore } from 'react'
import { type Settings, settings, subscribeSettings } from './settings'

/** The settings of this browser, kept up to date. */
export function useSettings(): Settings {
  return useSyncExternalStore(subscribeSettings, settings)
}
