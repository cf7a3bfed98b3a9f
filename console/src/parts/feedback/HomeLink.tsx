import { useT } from '@/i18n/useT'
import { InnerLink } from '@/url/InnerLink'

/** The way back to the first page. */
export function HomeLink() {
  const t = useT()
  return <InnerLink to="/">{t('回到首页', 'Back to the first page')}</InnerLink>
}
