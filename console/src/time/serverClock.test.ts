import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import { fakeFetch } from '@/test/fakeFetch'
import { learnServerTime, serverNow } from './serverClock'

const here = Date.parse('2026-07-01T00:00:00Z')
const hour = 3_600_000

describe('serverNow', () => {
  afterEach(() => {
    learnServerTime(new Date().toUTCString())
    vi.useRealTimers()
  })

  it.each([
    ['runs on where the server is ahead', 2 * hour, 2 * hour],
    ['runs behind where the server is behind', -2 * hour, -2 * hour],
    ['takes a slow answer for no wrong clock', -4_000, 0],
  ])('%s', (_, sent, ahead) => {
    vi.useFakeTimers({ now: here })
    learnServerTime(new Date(here + sent).toUTCString())
    expect(serverNow()).toBe(here + ahead)
    vi.setSystemTime(here + hour)
    expect(serverNow()).toBe(here + hour + ahead)
  })

  it.each([[null], ['yesterday']])('keeps what it knows where an answer says %s', (time) => {
    vi.useFakeTimers({ now: here })
    learnServerTime(new Date(here + hour).toUTCString())
    learnServerTime(time)
    expect(serverNow()).toBe(here + hour)
  })

  it('learns from every answer of the API', async () => {
    vi.useFakeTimers({ now: here, toFake: ['Date'] })
    const fetch = fakeFetch({ 'GET /api/v1/cases': () => ({ body: { items: [] } }) }, [])
    vi.stubGlobal('fetch', async (request: Request) => {
      const answer = await fetch(request)
      answer.headers.set('Date', new Date(here).toUTCString()) // By a proxy's clock.
      answer.headers.set('Qingfeng-Time', new Date(here - hour).toISOString())
      return answer
    })
    await api.GET('/api/v1/cases', { params: { query: {} } })
    expect(serverNow()).toBe(here - hour)
  })
})
