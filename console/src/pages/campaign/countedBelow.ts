import type { Translate } from '@/i18n/text'
import type { ReturnDetail } from './returnApi'

/** How many are named before the rest is counted. */
const named = 10

/** How many of the returns below a return sums, and whose it lacks; empty where it sums none. */
export function countedBelow(t: Translate, { below }: ReturnDetail): string {
  const all = below.length
  const lacking = below.filter((one) => one.counted === 0).map((one) => one.unit_name)
  if (all === 0) return ''
  if (lacking.length === 0) return t(`下级 ${all} 家全部计入。`, `All ${all} below are counted. `)
  const names = lacking.slice(0, named).join(t('、', ', '))
  const more = lacking.length > named
  const counted = all - lacking.length
  return t(
    `下级已计入 ${counted} / ${all} 家，未计入：${names}${more ? ` 等 ${lacking.length} 家` : ''}。`,
    `${counted} of ${all} below are counted, not: ${names}${more ? ` and ${lacking.length - named} more` : ''}. `,
  )
}
