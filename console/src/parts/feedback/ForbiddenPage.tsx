import { LockOutlined } from '@ant-design/icons'
import { Result } from 'antd'
import { useT } from '@/i18n/useT'
import { HomeLink } from './HomeLink'

/** Stands where the person's role does not reach. */
export function ForbiddenPage() {
  const t = useT()
  return (
    <Result
      icon={<LockOutlined />}
      title={t('您的角色不能使用这个页面', 'Your role may not use this page')}
      subTitle={t(
        '如工作需要，请联系本单位的安全管理员授予角色。',
        'If your work needs it, ask the security administrator of your unit for a role.',
      )}
      extra={<HomeLink />}
    />
  )
}
