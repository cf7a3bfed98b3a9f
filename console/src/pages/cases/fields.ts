import { type Text, text } from '@/i18n/text'
import type { FieldSpec } from './field'
import type { CaseList } from './useCaseWords'
import type { Words } from './words'

/** Why somebody does it; it stands in the record. */
export const reason = (label = text('理由', 'Reason')): FieldSpec<'reason'> => ({
  name: 'reason',
  label,
  kind: 'text',
  required: true,
  hint: text(
    '记入办理过程，之后不能修改。',
    'It goes into the record and cannot be changed later.',
  ),
})

/** A word that may be left out. */
export const remark: FieldSpec<'reason'> = {
  name: 'reason',
  label: text('说明', 'Remark'),
  kind: 'text',
}

/** A choice among the words of a list. */
export const choice = <N extends string>(
  name: N,
  label: Text,
  words: Words | CaseList,
  required = true,
): FieldSpec<N> => ({
  name,
  label,
  kind: 'choice',
  words,
  required,
})

/** A choice among some words of a list. */
export const some = <N extends string>(
  name: N,
  label: Text,
  words: CaseList,
  ...among: string[]
): FieldSpec<N> => ({ ...choice(name, label, words), among: () => among })

/** The day on which what was granted is looked at again. */
export const review: FieldSpec<'review'> = {
  name: 'review',
  label: text('复查日期', 'Looked at again on'),
  kind: 'date',
  required: true,
}
