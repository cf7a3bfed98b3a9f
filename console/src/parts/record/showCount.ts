import type { Count } from '@/api/answers'

/** A count as people read it, `1,000+` where the server stopped; nothing counts as none. */
export function showCount(count: Count | undefined): number | string {
  if (!count) return 0
  return count.capped ? `${count.value.toLocaleString('en-US')}+` : count.value
}
