type Listener = () => void

const listeners = new Set<Listener>()

/** Says that the server no longer knows the session. */
export function tellSignedOut(): void {
  for (const tell of listeners) tell()
}

/** Calls `tell` whenever the session has ended; returns the function that ends it. */
export function onSignedOut(tell: Listener): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
