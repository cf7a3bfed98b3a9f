import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { toMillis } from '@/time/shanghai'
import { useNow } from '@/time/useNow'

type Supervisor = Pick<Schemas['InspectionSocialSupervisor'], 'active' | 'trained_on' | 'link'>

/** Whether a social supervisor was trained, and when. */
export function TrainingState({ one }: { one: Supervisor }) {
  const t = useT()
  if (!one.trained_on) return <StateTag tone="warn">{t('尚未培训', 'Not trained')}</StateTag>
  return <When at={one.trained_on} precision="date" />
}

/** How the personal link of a social supervisor stands. */
export function LinkState({ one }: { one: Supervisor }) {
  const t = useT()
  const now = useNow()
  const { link } = one
  if (!link) return <StateTag>{t('未发放', 'Not given')}</StateTag>
  if (link.ended_at) return <StateTag tone="bad">{t('已停用', 'Ended')}</StateTag>
  if (toMillis(link.until) <= now) return <StateTag tone="bad">{t('已到期', 'Over')}</StateTag>
  if (!link.chosen_at) return <StateTag tone="warn">{t('未启用', 'Not opened yet')}</StateTag>
  return <StateTag tone="good">{t('使用中', 'In use')}</StateTag>
}
