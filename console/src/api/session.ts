import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { api, read } from './client'
import { offlinePerson } from './offline'
import { askPasskey } from './passkey'
import { ApiProblem } from './problem'
import type { components } from './schema.gen'

/** The person who is signed in, with what they may do. */
export type User = components['schemas']['OrgUser']

const expiredKey = ['expired']

/** Asks who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ client }): Promise<User | null> => {
    try {
      return (await read(api.GET('/api/v1/session'))).user
    } catch (error) {
      const person = error instanceof ApiProblem && error.status === 0 ? offlinePerson() : null
      if (person) return person
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error
      // Whoever was at work stays in sight of it, and is asked to sign in again.
      const before = client.getQueryData<User | null>(['session']) ?? null
      if (before) client.setQueryData(expiredKey, true)
      return before
    }
  },
  staleTime: 5 * 60_000,
  // Who inspects without a network is let in all the same, and asked for again with one.
  networkMode: 'always',
})

/** The person who is signed in, or null; undefined until the server has answered. */
export function useUser(): User | null | undefined {
  return useQuery(sessionQuery).data
}

/** Where a step of signing in has led: to a person, or to the second step. */
export type Entered = components['schemas']['OrgEntered']

/** By what the second step can be taken. */
export type Second = components['schemas']['OrgSecond']

/** Takes the first step of signing in; the server sets the session cookie. */
export function logIn(body: { username: string; password: string }): Promise<Entered> {
  return read(api.POST('/api/v1/session', { body }))
}

/** Takes the second step by a code of the telephone or a recovery code. */
export function logInByCode(body: { code: string }): Promise<Entered> {
  return read(api.POST('/api/v1/session/second', { body }))
}

/** Takes the step that is owed by passkey: the second, or both. */
export async function logInByPasskey(): Promise<Entered> {
  const { ceremony, options } = await read(api.POST('/api/v1/session/passkey'))
  const answer = await askPasskey(options)
  return read(api.POST('/api/v1/session/passkey/answer', { body: { ceremony, answer } }))
}

/** The second step that this browser owes, after single sign-on; null when it owes none. */
export async function owedStep(): Promise<Second | null> {
  try {
    return await read(api.GET('/api/v1/session/second'))
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null
    throw error
  }
}

/** The ways of signing in beside the password. */
export const waysQuery = queryOptions({
  queryKey: ['ways'],
  queryFn: ({ signal }) => read(api.GET('/api/v1/session/ways', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Signs out of this browser. */
export async function logOut(): Promise<void> {
  await api.DELETE('/api/v1/session')
}

/** Chooses a new password; the person as they are afterwards. */
export async function changePassword(body: { old: string; new: string }): Promise<User> {
  return (await read(api.POST('/api/v1/session/password', { body }))).user
}

/**
 * Makes this person the one who is signed in, or nobody, and forgets whatever an earlier one's
 * session had loaded. The session's own entry stays: those who watch it must see the change.
 */
export function changePerson(client: QueryClient, person: User | null): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] })
  client.setQueryData(sessionQuery.queryKey, person)
}

/** Whether the server no longer knows the session of the person who is at work here. */
export function useExpired(): boolean {
  return (
    useQuery({ queryKey: expiredKey, queryFn: () => false, staleTime: Number.POSITIVE_INFINITY })
      .data === true
  )
}

/** Remembers that the session has ended while somebody was at work; nobody at work is merely signed out. */
export function expire(client: QueryClient): void {
  if (client.getQueryData(sessionQuery.queryKey)) client.setQueryData(expiredKey, true)
  else client.setQueryData(sessionQuery.queryKey, null)
}

/** Lets the same person go on where they were; somebody else starts anew. */
export function resume(client: QueryClient, person: User): void {
  const before = client.getQueryData<User | null>(sessionQuery.queryKey)
  if (before?.id === person.id) client.setQueryData(sessionQuery.queryKey, person)
  else changePerson(client, person)
  client.setQueryData(expiredKey, false)
  client.invalidateQueries()
}

const leftKey = ['left']

/** Forgets the person who has signed out. */
export function leave(client: QueryClient): void {
  changePerson(client, null)
  client.setQueryData(leftKey, true)
}

/** Whether the person signed out, rather than being cut off in the middle of something. */
export function hasLeft(client: QueryClient): boolean {
  return client.getQueryData(leftKey) === true
}
