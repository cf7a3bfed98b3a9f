import { useState } from 'react'
import type { Column } from './column'

/** The columns that are shown, and the choice among them. */
export interface ColumnChoice<Row> {
  shown: Column<Row>[]
  /** Keys of the shown columns. */
  keys: string[]
  choose: (keys: string[]) => void
}

/** Remembers in this browser which columns of a list are shown. */
export function useColumns<Row>(list: string, columns: Column<Row>[]): ColumnChoice<Row> {
  const key = `qingfeng.columns.${list}`
  const [chosen, setChosen] = useState(() => readHidden(key))
  // Some columns are known only once the server has answered.
  const hidden = chosen ?? initiallyHidden(columns)
  const shown = columns.filter((column) => column.primary || !hidden.includes(column.key))
  const choose = (keys: string[]) => {
    const next = columns.map((column) => column.key).filter((column) => !keys.includes(column))
    localStorage.setItem(key, JSON.stringify(next))
    setChosen(next)
  }
  return { shown, keys: shown.map((column) => column.key), choose }
}

// The hidden ones are stored, so that a column which a new version adds is seen.
function readHidden(key: string): string[] | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : undefined
  } catch {
    return undefined // Edited by hand; show what is shown at first.
  }
}

function initiallyHidden<Row>(columns: Column<Row>[]): string[] {
  return columns.filter((column) => column.hidden).map((column) => column.key)
}
