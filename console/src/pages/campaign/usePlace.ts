import { useEffect } from 'react'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'

/** Goes to the field that the address names: `?at=content.stages.1.end`. */
export function usePlace(): void {
  const at = single(useUrlParams()[0].at)
  useEffect(() => {
    if (!at) return
    const id = CSS.escape(at.split('.').join('_'))
    const field = document.querySelector<HTMLElement>(`[id$="_${id}"]`)
    field?.scrollIntoView({ block: 'center' })
    field?.focus()
  }, [at])
}
