import { Redirect } from '@/url/Redirect'

/** The short address of what custodians decide on, as notifications and mails have it. */
export default function IdentityShortcut() {
  return <Redirect to="/workbench/identity" search={{}} />
}
