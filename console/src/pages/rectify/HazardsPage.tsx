import { Redirect } from '@/url/Redirect'

/** The hazards: a view of the same ledger. */
export default function HazardsPage() {
  return <Redirect to="/inspection/problems" search={{ kind: 'hazard' }} />
}
