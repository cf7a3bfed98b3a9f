import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { asProblem } from '@/api/problem'
import { NotFoundPage } from '@/parts/feedback/NotFoundPage'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'

interface LoadedProps<T> {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
}

/** A record once it is there, or why it is not. */
export function Loaded<T>({ query: { data, error, refetch }, children }: LoadedProps<T>) {
  if (error && asProblem(error).status === 404) return <NotFoundPage />
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />
  if (!data) return <Skeleton active />
  return children(data)
}
