import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Place } from './address'

/**
 * Goes to a place, once, when it appears. The router's own `Navigate` starts again whenever its
 * parent renders, and a parent that reads the address renders because of the very move.
 */
export function Redirect({ to, search }: Place) {
  const navigate = useNavigate()
  const [place] = useState({ to, search })
  useEffect(() => {
    navigate({ ...place, replace: true })
  }, [navigate, place])
  return null
}
