import { QueryClient } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import { fakeFetch } from '@/test/fakeFetch'
import { caseQuery } from './caseApi'
import { stepsOf } from './nextStep'

it('shows a case with which nothing can be done any more', async () => {
  const body = { case: { id: 'c1', state: 'merged' }, actions: [], related: [] }
  vi.stubGlobal('fetch', fakeFetch({ 'GET /api/v1/cases/c1': () => ({ body }) }, []))
  const detail = await new QueryClient().fetchQuery(caseQuery('c1'))
  expect(stepsOf(detail)).toEqual({ primary: undefined, more: [] })
})
