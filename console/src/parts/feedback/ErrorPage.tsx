import { FrownOutlined } from '@ant-design/icons'
import { Button, Result } from 'antd'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'

interface ErrorPageProps {
  error: unknown
  /** Tries again without losing the page; by default the page is reloaded. */
  onRetry?: () => void
}

/** Stands where a whole page could not be shown. */
export function ErrorPage({ error, onRetry }: ErrorPageProps) {
  const t = useT()
  const problem = asProblem(error)
  return (
    <Result
      icon={<FrownOutlined />}
      title={problem.title}
      subTitle={problem.detail}
      extra={
        <Button type="primary" onClick={onRetry ?? (() => window.location.reload())}>
          {t('重试', 'Try again')}
        </Button>
      }
    />
  )
}
