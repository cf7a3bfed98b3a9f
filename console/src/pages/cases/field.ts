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
  | 'files'

/** One field of a step, declared as data; with `words` it is a choice among them. */
export interface FieldSpec<N extends string = string> {
  /** Its name in the body, `answers.solved` for one further down. */
  name: N
  label: Text
  kind: FieldKind | 'choice'
  words?: Words | CaseList
  required?: boolean
  /** What the person should know before filling it in. */
  hint?: Text
  /** In which cases it is asked for; in all of them if nothing is said. */
  only?: (detail: CaseDetail) => boolean
  /** Which of the words may be chosen in a case; all of them if nothing is said. */
  among?: (detail: CaseDetail) => string[]
  /** In which cases a flag is set and cannot be taken away. */
  fixed?: (detail: CaseDetail) => boolean
  /** The height of a long text. */
  rows?: number
}
