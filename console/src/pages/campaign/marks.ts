/** Places of values in a text, by JSON pointer: the first character and the one behind the last. */
export type Spans = Record<string, number[]>

/** A piece of a text, marked or not. */
export interface Piece {
  start: number
  text: string
  marked: boolean
  /** It is what is being looked at. */
  here: boolean
}

/**
 * Cuts a text into marked and plain pieces. Places count characters of Unicode, of which
 * JavaScript's strings may need two units. Where places overlap the pieces are the smallest.
 */
export function marksOf(text: string, spans: Spans, at: string | undefined): Piece[] {
  const letters = Array.from(text)
  const places = Object.entries(spans)
  const edges = new Set([0, letters.length])
  for (const [, [start = 0, end = 0]] of places) {
    edges.add(start)
    edges.add(end)
  }
  const sorted = [...edges].filter((edge) => edge <= letters.length).sort((a, b) => a - b)
  const [first = 0, last = 0] = (at && spans[at]) || []
  return sorted.slice(0, -1).map((start, i) => {
    const end = sorted[i + 1] ?? letters.length
    return {
      start,
      text: letters.slice(start, end).join(''),
      marked: places.some(([, [from = 0, to = 0]]) => from <= start && end <= to),
      here: first <= start && end <= last,
    }
  })
}

const lists: Record<string, string> = { duties: 'reports', people: 'leaders' }
const fields: Record<string, string> = { named: 'units', text: 'text' }

/** The pointer of the value in a read plan that a field of the form came from: `content_stages_0_start` is `/stages/0/start`. */
export function pointerOf(field: string, spans: Spans): string | undefined {
  const steps = field.split('_').filter((step) => step !== 'content')
  const [list = '', nth, ...rest] = steps
  const name = rest.join('_')
  if (nth === undefined || !/^\d+$/.test(nth)) {
    const plain = `/${steps.join('_')}`
    return plain in spans ? plain : undefined
  }
  const base = `/${lists[list] ?? list}/${nth}`
  return [
    `${base}/${fields[name] ?? name}`,
    `${base}/${name}`,
    `${base}/units/0`,
    `${base}/text`,
    `${base}/title`,
  ].find((pointer) => pointer in spans)
}
