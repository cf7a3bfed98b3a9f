import createClient, { type Middleware } from 'openapi-fetch'
import { acceptLanguage } from '@/settings/settings'
import { learnServerTime } from '@/time/serverClock'
import { problemOf, unreachable } from './problem'
import type { paths } from './schema.gen'
import { tellSignedOut } from './signedOut'

const signingIn = ['', '/second', '/passkey', '/passkey/answer'].map(
  (step) => `/api/v1/session${step}`,
)

const edge: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', acceptLanguage())
  },
  async onResponse({ request, response }) {
    learnServerTime(response.headers.get('Qingfeng-Time'))
    if (response.ok) return
    // A wrong password is a 401 too, but it ends no session.
    const entering = signingIn.includes(new URL(request.url).pathname)
    if (response.status === 401 && !entering) tellSignedOut()
    throw await problemOf(response)
  },
  onError({ error }) {
    // A request that was given up on purpose is not a broken connection.
    return error instanceof DOMException && error.name === 'AbortError' ? error : unreachable()
  },
}

/** The typed client of the API. Refused requests are thrown as `ApiProblem`. */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  // Looked up at each call, so that tests and the gallery can put their own in its place.
  fetch: (request) => globalThis.fetch(request),
  // As the server's specification says: lists in one parameter, separated by commas.
  querySerializer: { array: { style: 'form', explode: false } },
})
api.use(edge)

/** The body of an answer: `const page = await read(api.GET('/api/v1/cases'))`. */
export async function read<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T
}
