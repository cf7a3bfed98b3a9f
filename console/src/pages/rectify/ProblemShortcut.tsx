import { useParams } from '@tanstack/react-router'
import { Redirect } from '@/url/Redirect'

/** The short address of a problem, as notifications and figures have it. */
export default function ProblemShortcut() {
  const { id = '' } = useParams({ strict: false })
  return <Redirect to={`/inspection/problems/${encodeURIComponent(id)}`} search={{}} />
}
