import { createMemoryHistory, type RouterHistory } from '@tanstack/react-router'
import { render } from '@testing-library/react'
import { vi } from 'vitest'
import type { User } from '@/api/session'
import { Console } from '@/app/Console'
import type { Area } from '@/app/page'
import { type Asked, type Endpoints, fakeFetch, problem } from './fakeFetch'

/** The person who is signed in in tests. */
export const tester: User = {
  id: 'u1',
  username: 'zhoumin',
  name: '周敏',
  title: '科长',
  unit: '海州市卫生健康委员会',
  unit_id: 'o1',
  path: '/990100/o1/',
  roles: [],
  permissions: ['case.read', 'org.read'],
  must_change: false,
  must_enrol: false,
}

/** What a test can look at after the console has been shown. */
export interface Shown {
  history: RouterHistory
  /** Every request so far. */
  asked: Asked[]
}

/** The least that the frame of the console asks for. */
export function shellEndpoints(signedIn = { now: true }): Endpoints {
  return {
    'GET /api/v1/session': () =>
      signedIn.now ? { body: { lang: 'zh-CN', user: tester } } : problem(401, '请先登录'),
    'POST /api/v1/session': () => {
      signedIn.now = true
      return { body: { lang: 'zh-CN', user: tester } }
    },
    'DELETE /api/v1/session': () => {
      signedIn.now = false
      return {}
    },
    'GET /api/v1/notifications': () => ({ body: { items: [] } }),
    'GET /api/v1/notifications/unread': () => ({ body: { value: 3, capped: false } }),
  }
}

/** Shows the whole console at an address, over fake endpoints. */
export function renderConsole(address: string, endpoints: Endpoints, areas?: Area[]): Shown {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', fakeFetch({ ...shellEndpoints(), ...endpoints }, asked))
  const history = createMemoryHistory({ initialEntries: [`/console${address}`] })
  render(<Console history={history} {...(areas && { areas })} />)
  return { history, asked }
}
