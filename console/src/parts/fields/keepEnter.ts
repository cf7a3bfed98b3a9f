import type { KeyboardEvent } from 'react'

/** Lets Enter confirm what was typed into a picker without sending the form around it. */
export function keepEnter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault()
}
