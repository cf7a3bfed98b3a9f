import type { Translate } from '@/i18n/text'
import type { Words } from '@/pages/org/dictionaries'

/** Kinds of institution in words; of many the first ones. */
export function kindsText(kinds: string[], words: Words, t: Translate): string {
  if (kinds.length === 0) return t('全部机构', 'all institutions')
  const names = kinds.slice(0, 3).map((kind) => words.name('institution_kinds', kind))
  const more = kinds.length - names.length
  return (
    names.join(t('、', ', ')) + (more > 0 ? t(` 等 ${kinds.length} 类`, ` and ${more} more`) : '')
  )
}
