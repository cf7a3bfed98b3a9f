import { useRouter } from '@tanstack/react-router'
import { Redirect } from '@/url/Redirect'

/** Sends to the sign-in page, which leads back here afterwards. */
export function ToLogin() {
  const { href } = useRouter().state.location
  return <Redirect to="/login" search={{ return: href }} />
}
