import { useState } from 'react'

/** The rows that are ticked, also those on pages that are not in sight. */
export interface Selection<Row> {
  keys: string[]
  rows: Row[]
  /** Sets which of the rows in sight are ticked. */
  tick: (inSight: Row[], keys: string[]) => void
  /** Leaves only these ticked. */
  keep: (rows: Row[]) => void
  clear: () => void
}

/**
 * Keeps the ticked rows while the person pages; new filters start anew. A row
 * in sight is ticked as it stands now, not as it stood when it was ticked.
 */
export function useSelection<Row>(
  keyOf: (row: Row) => string,
  filtered: string,
  inSight: Row[] = [],
): Selection<Row> {
  const [state, setState] = useState({ filtered, rows: new Map<string, Row>() })
  const rows = new Map(state.filtered === filtered ? state.rows : [])
  for (const row of inSight) if (rows.has(keyOf(row))) rows.set(keyOf(row), row)
  const tick = (among: Row[], keys: string[]) => {
    const next = new Map(rows)
    for (const row of among) {
      const key = keyOf(row)
      if (keys.includes(key)) next.set(key, row)
      else next.delete(key)
    }
    setState({ filtered, rows: next })
  }
  const keep = (kept: Row[]) =>
    setState({ filtered, rows: new Map(kept.map((row) => [keyOf(row), row])) })
  return { keys: [...rows.keys()], rows: [...rows.values()], tick, keep, clear: () => keep([]) }
}
