import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { makePasskey } from '@/api/passkey'
import type { Schemas } from '@/pages/system/schemas'

/** A person's second factors. */
export type Factors = Schemas['OrgOwnFactors']

/** The person's own password, as a proof. */
export type Proof = Schemas['OrgProof']

/** The second factors of who is signed in. */
export const factorsQuery = queryOptions({
  queryKey: ['account', 'factors'],
  queryFn: ({ signal }) => read(api.GET('/api/v1/session/factors', { signal })),
})

/** What is typed to make a passkey. */
export interface PasskeyValues extends Proof {
  name: string
}

/** Makes a passkey on this device; recovery codes when it is the first second factor. */
export async function addPasskey({ name, password }: PasskeyValues): Promise<string[]> {
  const begun = await read(
    api.POST('/api/v1/session/passkeys', { body: password ? { password } : {} }),
  )
  const answer = await makePasskey(begun.options)
  const body = { ceremony: begun.ceremony, answer, name }
  return (await read(api.POST('/api/v1/session/passkeys/answer', { body }))).codes
}
