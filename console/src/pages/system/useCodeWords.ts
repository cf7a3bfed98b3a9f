import { useT } from '@/i18n/useT'
import { optionsOf } from '@/pages/cases/options'
import { type CaseList, useCaseWords } from '@/pages/cases/useCaseWords'
import { type ListName, useWords } from '@/pages/org/dictionaries'
import type { Choice } from '@/parts/list/filters'

/** The names of codes: of a list that is given, or of closed lists of the organisation. */
export function useCodeWords(words: CaseList | ListName[]): {
  options: Choice[]
  name: (code: string) => string
} {
  const t = useT()
  const org = useWords()
  const lists = useCaseWords()
  const options = Array.isArray(words)
    ? words.flatMap((list) => org.options(list))
    : optionsOf(lists[words], t)
  return { options, name: (code) => options.find((one) => one.value === code)?.label ?? code }
}
