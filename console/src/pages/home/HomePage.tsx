import { Empty } from 'antd'
import { useVisibleAreas } from '@/app/areasContext'
import { useT } from '@/i18n/useT'
import { Redirect } from '@/url/Redirect'

/** The first page: the topmost entry of the person's navigation. */
export function HomePage() {
  const t = useT()
  const first = useVisibleAreas()[0]?.entries[0]
  if (first) return <Redirect to={first.path} search={{}} />
  return (
    <Empty
      description={t(
        '您的账号还没有分配功能，请联系本单位的安全管理员。',
        'Nothing has been assigned to your account yet; please ask the administrator of your unit.',
      )}
    />
  )
}
