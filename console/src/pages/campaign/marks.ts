import type { Content, ReadPlan } from './campaignApi'

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

type Read = ReadPlan['read']

/** What tells the entries of a list apart, as the document and as the campaign has them. */
const entriesOf: Record<string, [(read: Read) => string[], (content: Content) => string[]]> = {
  tasks: [
    ({ tasks }) => (tasks ?? []).map(({ title, text }) => title || text || ''),
    ({ tasks }) => tasks.map(({ title, text }) => title || text),
  ],
  stages: [
    ({ stages }) => (stages ?? []).map(({ title }) => title ?? ''),
    ({ stages }) => stages.map(({ title }) => title),
  ],
  milestones: [
    ({ milestones }) => (milestones ?? []).map(({ text, percent }) => `${percent} ${text ?? ''}`),
    ({ milestones }) => milestones.map(({ text, percent }) => `${percent} ${text}`),
  ],
  reports: [
    ({ reports }) => (reports ?? []).map(({ text }) => text ?? ''),
    ({ duties }) => duties.map(({ title }) => title.replace(/…$/, '')),
  ],
  leaders: [
    ({ leaders }) => (leaders ?? []).map(({ role, name }) => `${role ?? ''} ${name ?? ''}`),
    ({ people }) => people.map(({ role, name }) => `${role} ${name}`),
  ],
}

/**
 * Where the values of a plan stand, what is in doubt among them. Of a content that was
 * changed since, an entry is found by its words: entries come, go and change their order.
 * What is no more in the content keeps its mark, and no field leads there.
 */
export function spansOf(read: Read, content: Content | undefined): Spans {
  const doubts = read.doubts.map(({ pointer, at }) => [pointer, at] as const)
  const all = { ...read.spans, ...Object.fromEntries(doubts) }
  if (!content) return all
  return Object.fromEntries(
    Object.entries(all).map(([pointer, at]) => {
      const [, list = '', nth = '', ...rest] = pointer.split('/')
      const [before, now] = entriesOf[list] ?? []
      if (!before || !now) return [pointer, at]
      const entry = before(read)[Number(nth)] ?? ''
      const stands = now(content).findIndex((words) => words !== '' && entry.startsWith(words))
      return [stands < 0 ? `/gone${pointer}` : ['', list, stands, ...rest].join('/'), at]
    }),
  )
}
