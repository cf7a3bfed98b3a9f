import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { placeOf } from './address'

/** Goes to an address inside the console; an address outside goes home. */
export function useGo(): (address: string, how?: { replace?: boolean }) => Promise<void> {
  const navigate = useNavigate()
  return useCallback(
    (address, how) => {
      const place = placeOf(address) ?? { to: '/', search: {} }
      return navigate({ ...place, replace: how?.replace ?? false })
    },
    [navigate],
  )
}
