import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'

/** Whether something is in use. */
export function OpenState({ closedAt }: { closedAt: string | undefined }) {
  const t = useT()
  return closedAt ? (
    <StateTag>{t('已停用', 'Closed')}</StateTag>
  ) : (
    <StateTag tone="good">{t('在用', 'In use')}</StateTag>
  )
}
