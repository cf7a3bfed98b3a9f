import { PasswordForm } from '@/pages/account/PasswordForm'
import { SessionsDrawer } from '@/pages/account/SessionsDrawer'

/** The drawers of the user menu; they open over any page. */
export function AccountForms() {
  return (
    <>
      <PasswordForm />
      <SessionsDrawer />
    </>
  )
}
