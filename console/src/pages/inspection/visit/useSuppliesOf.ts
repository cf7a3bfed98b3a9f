import { useMemo, useRef } from 'react'
import type { Supplies } from '@/parts/fields/supplies'
import { newFile } from './attached'
import type { Change } from './useVisit'
import type { Pack, Visit } from './visit'

/** What the checklist of a visit stands on: files stay here, names are those that were taken along. */
export function useSuppliesOf(
  visit: Visit,
  pack: Pack | undefined,
  change: (part: Change) => void,
): Supplies {
  const files = useRef(visit.attached)
  files.current = visit.attached
  return useMemo(
    () => ({
      keep: async (file) => {
        const id = newFile()
        change((now) => ({ attached: { ...now.attached, [id]: { name: file.name, file } } }))
        return id
      },
      fileName: (id) => files.current?.[id]?.name,
      names: { institution: pack?.institutions, place: pack?.places, staff: pack?.people },
    }),
    [pack, change],
  )
}
