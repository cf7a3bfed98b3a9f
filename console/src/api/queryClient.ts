import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './problem'

const retries = 2

/** The store of what the server said; a refusal is final, a lost connection is tried again. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < retries && isPassing(error),
      },
    },
  })
}

function isPassing(error: Error): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 502)
}
