import { QuestionCircleOutlined } from '@ant-design/icons'
import { Result } from 'antd'
import { useT } from '@/i18n/useT'
import { HomeLink } from './HomeLink'

/** Stands where an address leads nowhere. */
export function NotFoundPage() {
  const t = useT()
  return (
    <Result
      icon={<QuestionCircleOutlined />}
      title={t('没有这个页面', 'There is no such page')}
      subTitle={t(
        '地址可能写错了，或者内容已经移走。',
        'The address may be wrong, or the page has moved.',
      )}
      extra={<HomeLink />}
    />
  )
}
