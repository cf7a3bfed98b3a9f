import type { Translate } from '@/i18n/text'
import type { Choice, Filter } from '@/parts/list/filters'
import type { Coded } from './sanctionApi'

/** A closed list as choices of a filter. */
export function choices(list: readonly Coded[] | null | undefined, t: Translate): Choice[] {
  return (list ?? []).map(({ code, name }) => ({ value: code, label: t(name) }))
}

/** The filters that lists of sanctions have in common: number or name, state, place. */
export function usual(
  t: Translate,
  states: readonly Coded[] | null,
  more: Filter[] = [],
): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('编号或名称', 'Number or name') },
    { kind: 'choice', name: 'state', label: t('状态', 'State'), options: choices(states, t) },
    ...more,
    { kind: 'node', name: 'unit', label: t('地区或机构', 'Region or institution') },
  ]
}
