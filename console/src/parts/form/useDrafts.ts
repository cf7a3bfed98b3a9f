import { useMemo } from 'react'
import { useUser } from '@/api/session'
import { Drafts } from './draft'

/** The drafts of the person who is signed in. */
export function useDrafts(): Drafts {
  const owner = useUser()?.id ?? 'nobody'
  return useMemo(() => new Drafts(owner), [owner])
}
