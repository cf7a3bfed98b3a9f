import { useQuery } from '@tanstack/react-query'
import { useT } from '@/i18n/useT'
import { violationName } from '@/pages/sanction/violationName'
import type { Schemas } from '@/pages/system/schemas'
import type { Choice } from '@/parts/list/filters'
import { wordsQuery } from './inspectionApi'

/** The lists of the dictionary whose entries have a code. */
export type WordList = 'kinds' | 'conclusions' | 'recusals' | 'tiers' | 'credits' | 'lots'
/** The lists of the dictionary that name states. */
export type StateList = 'tasks' | 'draws' | 'plans'

/** The words of inspections in the person's language. */
export function useInspectionWords() {
  const t = useT()
  const { data } = useQuery(wordsQuery)
  const options = (list: WordList): Choice[] =>
    (data?.[list] ?? []).map(({ code, name }) => ({ value: code, label: t(name) }))
  const states = (list: StateList): Choice[] =>
    (data?.[list] ?? []).map(({ name, text }) => ({ value: name, label: t(text) }))
  const violations = violationTree(data?.violations ?? [], t)
  return {
    options,
    states,
    name: (list: WordList, code: string) =>
      options(list).find((one) => one.value === code)?.label ?? code,
    state: (list: StateList, name: string) =>
      states(list).find((one) => one.value === name)?.label ?? name,
    violation: (code: string) => t(violationName(data?.violations ?? [], code)),
    violations,
  }
}

/** The taxonomy of violations to choose from. */
export function violationTree(groups: Schemas['ViolationGroup'][], t: ReturnType<typeof useT>) {
  return groups.map((group) => ({
    value: group.code,
    title: `${group.code} ${t(group.name)}`,
    children: (group.items ?? []).map((item) => ({
      value: item.code,
      title: `${item.code} ${t(item.name)}`,
    })),
  }))
}

/** The words of inspections. */
export type InspectionWords = ReturnType<typeof useInspectionWords>
