import { api, read } from './client'
import type { components } from './schema.gen'
import type { User } from './session'

/** A browser in which the person is signed in. */
export type OpenSession = components['schemas']['OpenSession']

/** Signs in; the server sets the session cookie. */
export async function logIn(body: { username: string; password: string }): Promise<User> {
  return (await read(api.POST('/api/v1/session', { body }))).user
}

/** Signs out of this browser. */
export async function logOut(): Promise<void> {
  await api.DELETE('/api/v1/session')
}

/** Sets a new password. */
export async function changePassword(body: { current: string; next: string }): Promise<void> {
  await api.PUT('/api/v1/session/password', { body })
}

/** The browsers in which the person is signed in. */
export async function openSessions(): Promise<OpenSession[]> {
  return (await read(api.GET('/api/v1/sessions'))).items ?? []
}

/** Signs another browser out. */
export async function endSession(id: string): Promise<void> {
  await api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })
}
