import { type Language, languageTag } from '@/i18n/text'

/** Light, dark, or whatever the machine is set to. */
export type ThemeChoice = 'system' | 'light' | 'dark'

/** What a person chose for this browser. */
export interface Settings {
  language: Language
  theme: ThemeChoice
  /** The left navigation shows icons only. */
  navCollapsed: boolean
}

const key = 'qingfeng.settings'
const listeners = new Set<() => void>()
let current = load()

/** The settings of this browser; the same object until one of them changes. */
export function settings(): Settings {
  return current
}

/** Changes some settings, remembers them and tells everyone who subscribed. */
export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change }
  localStorage.setItem(key, JSON.stringify(current))
  for (const tell of listeners) tell()
}

/** Calls `tell` after each change; returns the function that ends it. */
export function subscribeSettings(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** The `Accept-Language` of every request. */
export function acceptLanguage(): string {
  return languageTag(current.language)
}

function load(): Settings {
  const stored = parse(localStorage.getItem(key))
  return {
    language: stored.language === 'en' ? 'en' : 'zh',
    theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : 'system',
    navCollapsed: stored.navCollapsed === true,
  }
}

function parse(json: string | null): Partial<Settings> {
  try {
    return (JSON.parse(json ?? '{}') as Partial<Settings> | null) ?? {}
  } catch {
    return {} // Somebody edited the storage by hand; start from the defaults.
  }
}
