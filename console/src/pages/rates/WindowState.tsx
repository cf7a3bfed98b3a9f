import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import type { RatesWindow } from './ratesApi'

/** Whether a window runs, has ended or is signed off. */
export function WindowState({ window }: { window: RatesWindow }) {
  const t = useT()
  if (window.signed_at) return <StateTag tone="good">{t('已签发', 'Signed off')}</StateTag>
  if (window.complete) return <StateTag tone="warn">{t('待签发', 'To be signed off')}</StateTag>
  return <StateTag tone="active">{t('进行中', 'Running')}</StateTag>
}
