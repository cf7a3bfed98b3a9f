import { InnerLink } from '@/url/InnerLink'
import type { Line, ReturnDetail } from './returnApi'

interface ShownProps {
  of: ReturnDetail
  line: Line
  column: number
  value: string
}

/** A number with the way to what stands behind it. */
export function Shown({ of, line, column, ...given }: ShownProps) {
  const value = given.value || '—'
  const behind = line.source[column]
  if (behind) {
    return (
      <InnerLink
        to={`/campaign/list/${of.campaign}/returns/${of.id}/rows/${line.key}/figures/${column}`}
      >
        {value}
      </InnerLink>
    )
  }
  if (line.typed && of.below.length > 0 && value !== '—') {
    return (
      <InnerLink to={`/campaign/list/${of.campaign}/returns/${of.id}/rows/${line.key}`}>
        {value}
      </InnerLink>
    )
  }
  return <>{value}</>
}
