import { useParams } from '@tanstack/react-router'
import { Redirect } from '@/url/Redirect'

/** The short address of a case, as notifications and mails have it. */
export default function CaseShortcut() {
  const { id = '' } = useParams({ strict: false })
  return <Redirect to={`/casework/cases/${encodeURIComponent(id)}`} search={{}} />
}
