import type { Count } from '@/api/answers'
import type { Can } from '@/api/useCan'
import { type Text, text } from '@/i18n/text'
import type { CaseWords } from '@/pages/cases/useCaseWords'
import { boxNotes, wordOf } from '@/pages/cases/words'
import { showCount } from '@/parts/record/showCount'

/** A number of the workbench and the list that it was counted from. */
export interface BenchBox {
  key: string
  label: Text
  /** `500+` where the server stopped counting; undefined while it counts. */
  value: number | string | undefined
  to: string
  tone: 'plain' | 'warn' | 'bad'
  /** Which rows it counts, where the label leaves a doubt. */
  note?: Text
}

/** A number before it is counted: under which key the server counts it, and who has it on the desk. */
interface Counted extends Omit<BenchBox, 'value'> {
  /** Somebody with one of these has it; none named means everybody. */
  for?: string[]
}

type Counts = Record<string, Count> | undefined

/** One number; what is none alarms nobody. */
export function boxOf(
  counts: Counts,
  { key, label, to, tone, note }: Omit<BenchBox, 'value'>,
): BenchBox {
  const value = counts && showCount(counts[key])
  return { key, label, value, to, tone: value === 0 ? 'plain' : tone, ...(note && { note }) }
}

/** The numbers of those that the person has on the desk. */
export function boxesFor(all: Counted[], counts: Counts, can: Can): BenchBox[] {
  return all
    .filter((one) => one.for === undefined || one.for.some((permission) => can(permission)))
    .map((one) => boxOf(counts, one))
}

const list = '/casework/cases'

const stages = ['received', 'accepted', 'dispatched', 'handling', 'reviewing', 'calling']

/**
 * The numbers of cases: what waits for the person, of that what only some may do, and how many
 * stand at each stage.
 */
export function boxesOf(
  counts: Counts,
  { states, waits }: Pick<CaseWords, 'states' | 'waits'>,
  can: Can = () => false,
) {
  const box = (key: string, label: Text, to: string, tone: BenchBox['tone'], note?: Text) =>
    boxOf(counts, { key, label, to, tone, ...(note && { note }) })
  return {
    mine: [
      box('todo', text('待我办', 'My turn'), `${list}?box=todo`, 'plain', boxNotes.todo),
      box('due', text('快到期', 'Due soon'), `${list}?box=due`, 'warn', boxNotes.due),
      box('overdue', text('已超期', 'Overdue'), `${list}?box=overdue`, 'bad', boxNotes.overdue),
    ],
    turns: [
      ...waits
        .filter(({ permission }) => can(permission))
        .map(({ code, name }) => box(code, name, `${list}?box=todo&waits=${code}`, 'plain')),
      ...(can('identity.approve')
        ? [
            box(
              'identity',
              text('身份查看待审批', 'Identity requests'),
              '/workbench/identity',
              'plain',
            ),
          ]
        : []),
    ],
    byState: stages.map((state) =>
      box(state, wordOf(states, state), `${list}?state=${state}`, 'plain'),
    ),
  }
}
