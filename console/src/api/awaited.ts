/** How soon a record is asked again while part of it is still being made. */
const soonMs = 4000

/**
 * When a query asks again: soon, as long as something of its answer is still to come,
 * which then appears by itself.
 */
export function soonWhile(waits: boolean | undefined): number | false {
  return waits ? soonMs : false
}

/** Whether a copy of some file is still being made. */
export function awaitsFiles(files: readonly { state: string }[] | null | undefined): boolean {
  return (files ?? []).some(({ state }) => state === 'pending')
}
