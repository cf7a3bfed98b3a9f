import { useQuery } from '@tanstack/react-query'
import type { Choice } from '@/parts/list/filters'
import { regionCoverageQuery } from './codeApi'

/** The regions that the person sees, to choose from. */
export function useRegions(): Choice[] {
  const regions = useQuery(regionCoverageQuery).data ?? []
  return regions.map(({ region, name }) => ({ value: region, label: name }))
}
