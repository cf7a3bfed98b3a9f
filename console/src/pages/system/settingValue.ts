/** Writes a value of unknown shape in one short line. */
export function shortValue(value: unknown): string {
  const text = JSON.stringify(value) ?? ''
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Writes a value for editing as JSON. */
export function editable(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? ''
}

/** Reads what was typed. What is no JSON goes as the text that it is; the server says what is wrong with it. */
export function typedValue(typed: unknown): unknown {
  try {
    return JSON.parse(String(typed))
  } catch {
    return String(typed)
  }
}
