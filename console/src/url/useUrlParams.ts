import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Params } from './params'

/** Changes some search parameters; undefined takes one away. */
export type ChangeParams = (change: Params, how?: { replace?: boolean }) => void

/** The search parameters of the current address, and the function that changes some of them. */
export function useUrlParams(): [Params, ChangeParams] {
  const params = useSearch({ strict: false }) as Params
  const navigate = useNavigate()
  const change = useCallback<ChangeParams>(
    (change, how) => {
      navigate({
        to: '.',
        search: (before: Params) => ({ ...before, ...change }),
        replace: how?.replace ?? false,
      })
    },
    [navigate],
  )
  return [params, change]
}
