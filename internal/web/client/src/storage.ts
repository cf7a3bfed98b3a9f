/** A part of the browser's storage; tests bring a Map's worth of it. */
export type Store = {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}

/**
 * The browser's storage. Where a person has forbidden it, or it is full,
 * nothing is remembered and everything else goes on.
 */
export function browserStore(): Store {
  const attempt = <T>(f: () => T, otherwise: T): T => {
    try {
      return f()
    } catch {
      return otherwise
    }
  }
  return {
    get: (key) => attempt(() => localStorage.getItem(key), null),
    set: (key, value) => attempt(() => localStorage.setItem(key, value), undefined),
    remove: (key) => attempt(() => localStorage.removeItem(key), undefined),
    keys: () => attempt(() => Object.keys(localStorage), []),
  }
}
