import type { Text } from '@/i18n/text'
import type { CaseDetail } from './caseApi'
import type { CaseList } from './useCaseWords'
import type { Words } from './words'

/** How a field of a step is filled in. */
export type FieldKind =
  | 'text'
  | 'line'
  | 'unit'
  | 'units'
  | 'staff'
  | 'case'
  | 'names'
  | 'flag'
  | 'date'
  | 'time'
  | 'limit'

/** One field of a step, declared as data; with `words` it is a choice among them. */
export interface FieldSpec<N extends string = string> {
  /** Its name in the body, `answers.solved` for one further down. */
  name: N
  label: Text
  kind: FieldKind | 'choice'
  words?: Words | CaseList
  /** Only these of the words. */
  among?: string[]
  required?: boolean
  /** What the person should know before filling it in. */
  hint?: Text
  /** In which cases it is asked for; in all of them if nothing is said. */
  only?: (detail: CaseDetail) => boolean
  /** The height of a long text. */
  rows?: number
}
