import { type Text, text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'

const methods: Record<string, Text> = {
  password: text('密码', 'password'),
  sso: text('单点登录', 'single sign-on'),
  passkey: text('通行密钥', 'passkey'),
  code: text('动态口令', 'code'),
  recovery: text('恢复码', 'recovery code'),
}

/** When a session began, when it was last used, and by what it was begun. */
export function SessionFacts({ session }: { session: Schemas['AuthnSession'] }) {
  const t = useT()
  const steps = session.method.split('+').map((step) => t(methods[step] ?? text(step, step)))
  return (
    <div>
      <strong>{session.name || t('未命名的登录', 'Unnamed session')}</strong>{' '}
      {session.current && <StateTag tone="active">{t('这里', 'Here')}</StateTag>}
      <div className="qf-faint">
        {steps.join(' + ')} · {t('登录于', 'signed in')} <When at={session.begun_at} /> ·{' '}
        {t('最近使用', 'last used')} <When at={session.seen_at} />
      </div>
    </div>
  )
}
