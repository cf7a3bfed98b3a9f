import { useRef } from 'react'
import type { Count } from '@/api/answers'
import type { Query } from './query'

/** The server counts on the first page only; the number holds while the filters stay the same. */
export function useLastCount(filtered: Query, count: Count | undefined): Count | undefined {
  const key = JSON.stringify(filtered)
  const last = useRef<{ key: string; count: Count }>(undefined)
  if (count) last.current = { key, count }
  return last.current?.key === key ? last.current.count : undefined
}
