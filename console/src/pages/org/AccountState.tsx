import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import { toMillis } from '@/time/shanghai'
import { useNow } from '@/time/useNow'

interface AccountStateProps {
  person: {
    closed_at?: string | undefined
    dormant_at?: string | undefined
    username?: string | undefined
    must_change: boolean
    password_until?: string | undefined
  }
}

/** How a person's account stands. */
export function AccountState({ person }: AccountStateProps) {
  const t = useT()
  const now = useNow()
  if (person.closed_at) return <StateTag tone="bad">{t('已停用', 'Closed')}</StateTag>
  if (person.dormant_at) return <StateTag tone="warn">{t('休眠', 'Sleeps')}</StateTag>
  if (!person.username) return <StateTag>{t('无账号', 'No account')}</StateTag>
  if (person.password_until && toMillis(person.password_until) < now)
    return <StateTag tone="bad">{t('一次性密码已过期', 'One-time password ended')}</StateTag>
  if (person.must_change)
    return <StateTag tone="warn">{t('待改密码', 'Password to be changed')}</StateTag>
  return <StateTag tone="good">{t('正常', 'In use')}</StateTag>
}
