import type { Translate } from '@/i18n/text'
import type { Choice } from '@/parts/list/filters'
import type { Words } from './words'

/** A closed list as the choices of a filter or a select. */
export function optionsOf(words: Words, t: Translate): Choice[] {
  return Object.entries(words).map(([value, name]) => ({ value, label: t(name) }))
}
