import { type Text, text } from '@/i18n/text'
import type { CaseList } from '@/pages/cases/useCaseWords'
import type { Words } from '@/pages/cases/words'
import type { ListName } from '@/pages/org/dictionaries'

/** How one part of a setting is shown and edited. */
export type Part =
  | { kind: 'text' | 'number' | 'percent' | 'switch' | 'limit' | 'hours' }
  | { kind: 'choice'; words: Words }
  | { kind: 'codes'; words: CaseList | ListName[] }
  | { kind: 'numbers' }

/** A named part of a setting that is made up of several, or a column of one that is a table. */
export type Field = Part & { name: string; label: Text; hint?: Text }

/** How a setting is shown and edited as a whole. */
export type Spec = Part | { kind: 'fields'; fields: Field[] } | { kind: 'rows'; columns: Field[] }

/** Narrows a row of a table to some codes. */
function only(name: string, label: Text, words: CaseList | ListName[]): Field {
  return { kind: 'codes', name, label, words, hint: text('不选表示全部', 'None means all') }
}

const specs: Record<string, Spec> = {
  'casework.limits': {
    kind: 'rows',
    columns: [
      { kind: 'text', name: 'name', label: text('规则', 'Row') },
      only('urgencies', text('紧急程度', 'Urgency'), 'urgencies'),
      only('classes', text('诉求类型', 'Kind'), 'classes'),
      only('categories', text('类别', 'Category'), 'categories'),
      only('channels', text('渠道', 'Channel'), 'channels'),
      { kind: 'limit', name: 'dispatch', label: text('派单', 'Dispatch') },
      { kind: 'limit', name: 'sign', label: text('签收', 'Sign for') },
      { kind: 'limit', name: 'contact', label: text('首次联系', 'First contact') },
      { kind: 'limit', name: 'finish', label: text('办结', 'Finish') },
    ],
  },
  'rates.weights': {
    kind: 'rows',
    columns: [
      { kind: 'text', name: 'name', label: text('规则', 'Row') },
      only('units', text('承办单位', 'Units'), ['unit_kinds', 'institution_kinds', 'levels']),
      only('classes', text('诉求类型', 'Kind'), 'classes'),
      { kind: 'percent', name: 'response', label: text('响应率（%）', 'Response (%)') },
      { kind: 'percent', name: 'resolution', label: text('解决率（%）', 'Resolution (%)') },
      { kind: 'percent', name: 'satisfaction', label: text('满意率（%）', 'Satisfaction (%)') },
    ],
  },
  'calendar.rules': {
    kind: 'fields',
    fields: [
      { kind: 'switch', name: 'roll', label: text('末日顺延到工作日', 'Roll past holidays') },
      { kind: 'switch', name: 'at_close', label: text('下班即止', 'End at close of business') },
      {
        kind: 'switch',
        name: 'late_next_day',
        label: text('下班后收件算次日', 'Late arrivals count as the next working day'),
      },
      {
        kind: 'hours',
        name: 'office',
        label: text('办公时间', 'Office hours'),
        hint: text(
          '如 08:30-12:00，每填一段按回车；不填为标准时间。',
          'Such as 08:30-12:00, Enter after each; standard hours when empty.',
        ),
      },
    ],
  },
  'rates.period': {
    kind: 'fields',
    fields: [
      { kind: 'number', name: 'start_day', label: text('起始日', 'First day') },
      { kind: 'number', name: 'start_hour', label: text('起始时刻（时）', 'Hour it starts') },
      {
        kind: 'choice',
        name: 'end',
        label: text('截止', 'Ends'),
        words: {
          next: text('下期开始时', 'When the next begins'),
          noon: text('报告日 12 时', 'At 12:00 of the day of the report'),
          midnight: text('报告日 24 时', 'At 24:00 of the day of the report'),
        },
      },
    ],
  },
  'rates.callback': {
    kind: 'choice',
    words: { first: text('首次', 'The first'), last: text('最终', 'The last') },
  },
  'rates.left_out': { kind: 'codes', words: 'classes' },
  'rates.reasons': { kind: 'codes', words: 'exclusions' },
  'casework.warnings': { kind: 'numbers' },
}

/** How a setting is shown and edited; undefined for one that only JSON can hold. */
export function specOf(key: string, value: unknown): Spec | undefined {
  if (Object.hasOwn(specs, key)) return specs[key]
  if (typeof value === 'number') return { kind: 'number' }
  if (typeof value === 'boolean') return { kind: 'switch' }
  if (typeof value === 'string') return { kind: /^\d+(h|d|wd|wh)$/.test(value) ? 'limit' : 'text' }
  return undefined
}
