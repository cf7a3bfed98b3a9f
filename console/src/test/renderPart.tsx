import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { sessionQuery } from '@/api/session'
import { Appearance } from '@/app/Appearance'
import { type Asked, type Endpoints, fakeFetch } from './fakeFetch'
import { tester } from './renderConsole'

/** Shows one part outside the router, over fake endpoints; returns every request so far. */
export function renderPart(part: ReactNode, endpoints: Endpoints = {}, user = tester) {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', fakeFetch(endpoints, asked))
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery.queryKey, user)
  const { unmount } = render(
    <QueryClientProvider client={client}>
      <Appearance>{part}</Appearance>
    </QueryClientProvider>,
  )
  return { asked, unmount }
}
