import { type Params, parseParams } from './params'

const base = '/console'

/** A place in the console: path without the base, and its search parameters. */
export interface Place {
  to: string
  search: Params
}

/**
 * Reads an address inside the console, with or without the base path. Anything else (another
 * origin, `javascript:`, `//host`) is undefined, so that a link from data leads nowhere else.
 */
export function placeOf(address: string): Place | undefined {
  if (!address.startsWith('/') || address.startsWith('//') || address.includes('\\'))
    return undefined
  const at = new URL(address, 'http://console.invalid')
  const inside = at.pathname === base || at.pathname.startsWith(`${base}/`)
  const to = inside ? at.pathname.slice(base.length) : at.pathname
  return { to: to || '/', search: parseParams(at.search) }
}
