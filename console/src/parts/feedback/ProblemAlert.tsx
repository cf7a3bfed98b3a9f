import { Alert, Button } from 'antd'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'

interface ProblemAlertProps {
  error: unknown
  /** Further complaints that have no field on this screen. */
  more?: string[]
  /** Shown as a button when trying again makes sense. */
  onRetry?: () => void
}

/** Says in the person's words what went wrong and what to do. */
export function ProblemAlert({ error, more = [], onRetry }: ProblemAlertProps) {
  const t = useT()
  const problem = asProblem(error)
  const hint = typeof problem.hint === 'string' ? problem.hint : ''
  const lines = [problem.detail, ...more, hint].filter(
    (line, i, all) => line !== '' && line !== problem.title && all.indexOf(line) === i,
  )
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={problem.title}
      description={lines.map((line) => <div key={line}>{line}</div>)}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('重试', 'Try again')}
          </Button>
        )
      }
    />
  )
}
