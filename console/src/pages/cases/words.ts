import { type Text, text } from '@/i18n/text'
import type { Tone } from '@/parts/record/StateTag'

/** A closed list of codes with what people call them. */
export type Words = Record<string, Text>

/** What a code is called; one that is not known is shown as it is. */
export function wordOf(words: Words, code: string): Text {
  return words[code] ?? text(code, code)
}

/** Which cases the boxes of the workbench hold; the number and the list say the same. */
export const boxNotes = {
  todo: text('等您或您的单位走下一步', 'Their next step is yours or your unit’s'),
  due: text(
    '您能看到的；签收、联系、办结，任何一项剩不到 24 小时或已过',
    'Of all that you can see: signing, first contact or result due within 24 h, or a step late',
  ),
  overdue: text(
    '您能看到的；过了办结期限还没有结果，晚办结的不算',
    'Of all that you can see: past the deadline without a result; those finished late do not count',
  ),
} satisfies Words

/** What a state means for who looks at it. */
export const stateTones: Record<string, Tone> = {
  received: 'warn',
  accepted: 'warn',
  dispatched: 'active',
  handling: 'active',
  reviewing: 'active',
  calling: 'active',
  archived: 'good',
}

/** A time limit in words: `5wd` is five working days. */
export function limitName(limit: string): Text {
  const [, n = '', unit = ''] = /^(\d+)(h|d|wd|wh)$/.exec(limit) ?? []
  const units: Words = {
    h: text('小时', 'h'),
    d: text('天', 'd'),
    wd: text('个工作日', 'working d'),
    wh: text('个工作小时', 'working h'),
  }
  const name = units[unit]
  return name ? text(`${n} ${name.zh}`, `${n} ${name.en}`) : text(limit, limit)
}
