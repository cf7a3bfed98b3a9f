import type { Translate } from '@/i18n/text'

/** How a value is best edited: as a number, a switch, a list of words, or as JSON. */
export type Shape = 'number' | 'switch' | 'text' | 'json'

/** Tells from the value in force how a new one is best typed. */
export function shapeOf(value: unknown): Shape {
  switch (typeof value) {
    case 'number':
      return 'number'
    case 'boolean':
      return 'switch'
    case 'string':
      return 'text'
    default:
      return 'json'
  }
}

/** Writes a value in one short line. */
export function shortValue(value: unknown, t: Translate): string {
  if (typeof value === 'boolean') return value ? t('是', 'yes') : t('否', 'no')
  if (typeof value === 'string') return value
  const text = JSON.stringify(value) ?? ''
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Writes a value for editing as JSON. */
export function editable(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? ''
}

/** Reads what was typed; undefined when it is no JSON. */
export function typedValue(shape: Shape, typed: unknown): unknown {
  if (shape !== 'json') return typed
  try {
    return JSON.parse(String(typed))
  } catch {
    return undefined
  }
}
