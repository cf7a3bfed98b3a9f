import { createContext, useContext, useMemo } from 'react'
import { useCan } from '@/api/useCan'
import { areas } from './nav'
import { type VisibleArea, visibleAreas } from './page'

/** The areas of the console; tests and the gallery put their own here. */
export const AreasContext = createContext(areas)

/** The part of the navigation that the signed-in person may use. */
export function useVisibleAreas(): VisibleArea[] {
  const all = useContext(AreasContext)
  const can = useCan()
  return useMemo(() => visibleAreas(all, can), [all, can])
}
