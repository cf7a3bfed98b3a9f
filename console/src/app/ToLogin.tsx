import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { hasLeft } from '@/api/session'
import { Redirect } from '@/url/Redirect'

/** Sends to the sign-in page, which leads back here afterwards unless the person signed out. */
export function ToLogin() {
  const { href } = useRouter().state.location
  const left = hasLeft(useQueryClient())
  return <Redirect to="/login" search={left ? {} : { return: href }} />
}
