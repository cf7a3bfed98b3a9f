/** A row to which something could not be done. */
export interface Refused<Row> {
  row: Row
  /** What people call the row: its number, its name. */
  name: string
  why: string
}

/** Something that can be done to several rows at once. */
export interface BulkAction<Row> {
  key: string
  label: string
  danger?: boolean
  /** Asks before doing it, and for the reason where the rule wants one. */
  ask?: { question: string; reason?: 'optional' | 'required' }
  /** Does it; may name the rows of which it was refused, and those stay ticked. */
  run:
    | ((rows: Row[], reason: string) => Promise<Refused<Row>[]>)
    | ((rows: Row[], reason: string) => Promise<void> | void)
  /** It only opens something: the ticks stay, and nothing has been done yet. */
  keeps?: boolean
}
