import { useCallback } from 'react'
import { useUser } from './session'

/** Tells whether a permission is held; no permission named means everyone. */
export type Can = (permission?: string) => boolean

/** The check of the signed-in person: `const can = useCan(); can('case.dispatch')`. */
export function useCan(): Can {
  const permissions = useUser()?.permissions
  return useCallback(
    (permission) => permission === undefined || (permissions?.includes(permission) ?? false),
    [permissions],
  )
}
