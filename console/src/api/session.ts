import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, read } from './client'
import { ApiProblem } from './problem'
import type { components } from './schema.gen'

/** The person who is signed in, with what they may do. */
export type User = components['schemas']['User']

/** Asks who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<User | null> => {
    try {
      return (await read(api.GET('/api/v1/session'))).user
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null
      throw error
    }
  },
  staleTime: 5 * 60_000,
})

/** The person who is signed in, or null; undefined until the server has answered. */
export function useUser(): User | null | undefined {
  return useQuery(sessionQuery).data
}
