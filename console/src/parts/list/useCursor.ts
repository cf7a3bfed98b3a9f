import { useRef } from 'react'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { paging } from './query'

/** Moves through a list that is paged by cursors. */
export interface Cursor {
  first: boolean
  toFirst: () => void
  /** Undefined where the page before is not known, as after a reload. */
  toPrevious: (() => void) | undefined
  toNext: (next: string) => void
}

/** The place in the list stands in the address; which page came before is remembered beside it. */
export function useCursor(): Cursor {
  const [params, change] = useUrlParams()
  const before = useRef(new Map<string, string>())
  const here = single(params[paging.cursor]) ?? ''
  const go = (cursor: string) => change({ [paging.cursor]: cursor || undefined })
  const previous = before.current.get(here)
  return {
    first: here === '',
    toFirst: () => go(''),
    toPrevious: previous === undefined ? undefined : () => go(previous),
    toNext: (next) => {
      before.current.set(next, here)
      go(next)
    },
  }
}
