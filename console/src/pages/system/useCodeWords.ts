import { useT } from '@/i18n/useT'
import { optionsOf } from '@/pages/cases/options'
import type { Words } from '@/pages/cases/words'
import { type ListName, useWords } from '@/pages/org/dictionaries'
import type { Choice } from '@/parts/list/filters'

/** The names of codes: of a list that is given, or of closed lists of the organisation. */
export function useCodeWords(words: Words | ListName[]): {
  options: Choice[]
  name: (code: string) => string
} {
  const t = useT()
  const org = useWords()
  const options = Array.isArray(words)
    ? words.flatMap((list) => org.options(list))
    : optionsOf(words, t)
  return { options, name: (code) => options.find((one) => one.value === code)?.label ?? code }
}
