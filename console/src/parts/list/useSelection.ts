import { useState } from 'react'

/** The rows that are ticked, also those on pages that are not in sight. */
export interface Selection<Row> {
  keys: string[]
  rows: Row[]
  /** Sets which of the rows in sight are ticked. */
  tick: (inSight: Row[], keys: string[]) => void
  clear: () => void
}

/** Keeps the ticked rows while the person pages; new filters start anew. */
export function useSelection<Row>(keyOf: (row: Row) => string, filtered: string): Selection<Row> {
  const [state, setState] = useState({ filtered, rows: new Map<string, Row>() })
  const rows = state.filtered === filtered ? state.rows : new Map<string, Row>()
  const tick = (inSight: Row[], keys: string[]) => {
    const next = new Map(rows)
    for (const row of inSight) {
      const key = keyOf(row)
      if (keys.includes(key)) next.set(key, row)
      else next.delete(key)
    }
    setState({ filtered, rows: next })
  }
  return {
    keys: [...rows.keys()],
    rows: [...rows.values()],
    tick,
    clear: () => setState({ filtered, rows: new Map() }),
  }
}
