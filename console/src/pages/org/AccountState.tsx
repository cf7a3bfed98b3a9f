import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'

interface AccountStateProps {
  person: {
    closed_at?: string | undefined
    dormant_at?: string | undefined
    username?: string | undefined
    must_change: boolean
  }
}

/** How a person's account stands. */
export function AccountState({ person }: AccountStateProps) {
  const t = useT()
  if (person.closed_at) return <StateTag tone="bad">{t('已停用', 'Closed')}</StateTag>
  if (person.dormant_at) return <StateTag tone="warn">{t('休眠', 'Sleeps')}</StateTag>
  if (!person.username) return <StateTag>{t('无账号', 'No account')}</StateTag>
  if (person.must_change)
    return <StateTag tone="warn">{t('待改密码', 'Password to be changed')}</StateTag>
  return <StateTag tone="good">{t('正常', 'In use')}</StateTag>
}
