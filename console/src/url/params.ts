/** The search part of an address: every value is text, a repeated name is a list. */
export type Params = Record<string, string | string[] | undefined>

/** Reads `?a=1&b=2&b=3`; nothing is guessed to be a number or JSON, so a case number stays as typed. */
export function parseParams(search: string): Params {
  const params: Params = {}
  for (const [name, value] of new URLSearchParams(search)) {
    const before = params[name]
    params[name] = before === undefined ? value : [...many(before), value]
  }
  return params
}

/** Writes the search part with its question mark; empty values are left out. */
export function writeParams(params: Params): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const one of many(value)) if (one !== '') out.append(name, one)
  }
  const search = out.toString()
  return search && `?${search}`
}

/** A parameter as a list, however often it stands in the address. */
export function many(value: string | string[] | undefined): string[] {
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

/** A parameter as one value: the first of a repeated one. */
export function single(value: string | string[] | undefined): string | undefined {
  return many(value)[0]
}
