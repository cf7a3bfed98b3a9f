import { find } from './dom.ts'

/** The receipt behind the # of an address; browsers never send that part. */
export function receiptIn(hash: string): string | null {
  const digits = hash.slice(1).replace(/%20|[\s-]/g, '')
  return /^\d{16}$/.test(digits) ? digits : null
}

/** Opens the case of the code that was scanned, and wipes it off the address. */
export function openScanned(): void {
  const form = find<HTMLFormElement>('[data-receipt]')
  const input = form && find<HTMLInputElement>('[name=receipt]', form)
  const receipt = receiptIn(location.hash)
  if (!form || !input || !receipt) return
  history.replaceState(null, '', location.pathname + location.search)
  input.value = receipt
  form.requestSubmit()
}
