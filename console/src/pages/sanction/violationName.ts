import type { Text } from '@/i18n/text'
import type { Dictionary } from './sanctionApi'

/** What a code of the taxonomy stands for: the item, or the group alone. */
export function violationName(groups: Dictionary['violations'], code: string): Text {
  const group = groups?.find((one) => code.startsWith(one.code))
  const item = group?.items?.find((one) => one.code === code)
  return item?.name ?? group?.name ?? { zh: code, en: code }
}
