import { useCallback } from 'react'
import { single } from './params'
import { useUrlParams } from './useUrlParams'

/** A drawer or dialogue whose being open stands in the address. */
export interface UrlForm {
  open: boolean
  /** What the form is about, for example the id of the row that is being edited. */
  subject: string | undefined
  show: (subject?: string) => void
  hide: () => void
}

/**
 * Keeps a form open in the address (`?form=name` or `?form=name:subject`). After an expired
 * session the person signs in again, returns to that address, and the form stands there with its draft.
 */
export function useUrlForm(name: string): UrlForm {
  const [params, change] = useUrlParams()
  const [openName, ...rest] = (single(params.form) ?? '').split(':')
  const open = openName === name
  const show = useCallback(
    (subject?: string) => change({ form: subject ? `${name}:${subject}` : name }),
    [change, name],
  )
  const hide = useCallback(() => change({ form: undefined }, { replace: true }), [change])
  return { open, subject: open && rest.length > 0 ? rest.join(':') : undefined, show, hide }
}
