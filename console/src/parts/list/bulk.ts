/** Something that can be done to several rows at once. */
export interface BulkAction<Row> {
  key: string
  label: string
  danger?: boolean
  /** Asks before doing it, and for the reason where the rule wants one. */
  ask?: { question: string; reason?: 'optional' | 'required' }
  run: (rows: Row[], reason: string) => Promise<void> | void
  /** It only opens something: the ticks stay, and nothing has been done yet. */
  keeps?: boolean
}
