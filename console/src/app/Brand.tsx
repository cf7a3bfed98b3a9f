import { useT } from '@/i18n/useT'
import { InnerLink } from '@/url/InnerLink'
import { Logo } from './Logo'

/** The name of the program, which leads home. */
export function Brand({ small = false }: { small?: boolean }) {
  const t = useT()
  return (
    <InnerLink to="/" className="qf-brand">
      <Logo />
      {small ? <span className="qf-hidden">{t('清风', 'Qingfeng')}</span> : t('清风', 'Qingfeng')}
    </InnerLink>
  )
}
