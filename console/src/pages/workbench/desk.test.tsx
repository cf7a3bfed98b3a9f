import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Asked, Endpoints } from '@/test/fakeFetch'
import { renderConsole, tester } from '@/test/renderConsole'
import { inspectionBoxes, ledgerBoxes, returnBoxes, sanctionBoxes } from './areas'
import { boxesFor } from './boxes'

const roles = {
  office: [
    'campaign.manage',
    'campaign.read',
    'campaign.report',
    'inspection.manage',
    'inspection.read',
    'inspection.visit',
    'rectify.read',
    'rectify.review',
    'sanction.manage',
    'sanction.read',
  ],
  director: ['campaign.read', 'campaign.sign', 'sanction.publish', 'sanction.read'],
  supervisor: ['inspection.visit'],
  keeper: ['org.read', 'org.manage'],
}

const none = { value: 0, capped: false }

/** The server as somebody with these permissions has it. */
function server(permissions: string[], more: Endpoints = {}): Endpoints {
  const user = { ...tester, permissions }
  return {
    'GET /api/v1/session': () => ({ body: { lang: 'zh-CN', user } }),
    'GET /api/v1/campaigns/desk': () => ({
      body: {
        counts: { fill: { value: 2, capped: false }, late: { value: 1, capped: false } },
        milestones: [
          {
            campaign: 'c1',
            title: '清源行动',
            percent: 40,
            kinds: [],
            due: '2026-08-31',
            inspected: 1,
            in_scope: 5,
            met: false,
            past: true,
          },
        ],
        selfchecks: [
          {
            campaign: 'c1',
            title: '清源行动',
            until: '2026-07-31',
            over: true,
            left: { value: 7 },
          },
        ],
        drafts: [
          { campaign: 'c1', title: '清源行动', id: 'b1', kind: 'summary', name: '清源行动总结' },
          {
            campaign: 'c1',
            title: '清源行动',
            id: 't1',
            kind: 'typical',
            name: '某诊所超范围执业',
          },
        ],
      },
    }),
    'GET /api/v1/inspection/desk': () => ({ body: { counts: { late: none }, next: [] } }),
    'GET /api/v1/inspection/dictionary': () => ({ body: {} }),
    'GET /api/v1/sanctions/desk': () => ({ body: { proposed: { value: 3, capped: false } } }),
    'GET /api/v1/problems/counts': () => ({ body: { overdue: { value: 4, capped: false } } }),
    ...more,
  }
}

const paths = (asked: Asked[]) => asked.map(({ path }) => path.replace('/api/v1', ''))

describe('the workbench', () => {
  it('of the campaign office has numbers that lead to their rows', async () => {
    const { history, asked } = renderConsole('/', server(roles.office))
    const fill = await screen.findByRole('link', { name: /待填报2/ })
    expect(history.location.pathname).toBe('/console/workbench')
    expect(fill.getAttribute('href')).toContain('/campaign/returns?box=fill')
    const left = screen.getByRole('link', { name: /未自查机构7.*清源行动，2026-07-31 截止/ })
    expect(left.getAttribute('href')).toContain('/campaign/list/c1/selfcheck?state=due')
    expect(screen.getByText('未达到')).toBeTruthy()
    expect(await screen.findByRole('link', { name: /整改超期4/ })).toBeTruthy()
    expect(screen.queryByText('公示待审批')).toBeNull()
    expect(paths(asked)).not.toContain('/workbench')
  })

  it('of a director has what is to be signed and approved', async () => {
    const { asked } = renderConsole('/workbench', server(roles.director))
    expect(await screen.findByRole('link', { name: /公示待审批3/ })).toBeTruthy()
    expect(screen.getByText('待审签')).toBeTruthy()
    expect(screen.getByText('待您签发和审定（2）')).toBeTruthy()
    const hrefs = ['清源行动总结', '某诊所超范围执业'].map((name) =>
      screen.getByRole('link', { name }).getAttribute('href'),
    )
    expect(hrefs).toEqual([
      '/console/campaign/list/c1/briefs/b1',
      '/console/campaign/list/c1/typical/t1',
    ])
    expect(screen.queryByText('待填报')).toBeNull()
    expect(paths(asked)).not.toContain('/problems/counts')
  })

  it.each([
    ['supervisor', '/console/inspection/mine'],
    ['keeper', '/console/system'],
  ] as const)('is not where a %s lands', async (role, where) => {
    const { history } = renderConsole('/', server(roles[role]))
    await waitFor(() => expect(history.location.pathname).toContain(where))
  })
})

describe('the ledger on the desk', () => {
  const counts = {
    review: { value: 6, capped: false },
    my_review: { value: 2, capped: false },
  }

  it('counts what the reader may review, not whatever waits for a review', async () => {
    const more = { 'GET /api/v1/problems/counts': () => ({ body: counts }) }
    renderConsole('/workbench', server(roles.office, more))
    const mine = await screen.findByRole('link', { name: /待我审核2/ })
    expect(mine.getAttribute('href')).toContain('/inspection/problems?box=my_review')
    expect(ledgerBoxes.map(({ key }) => key)).not.toContain('review')
  })

  it('has nothing to review for whoever only reads', () => {
    const reader = (permission?: string) => permission === 'rectify.read'
    const desk = boxesFor(ledgerBoxes, counts, reader).map(({ to }) => to)
    expect(desk).not.toContainEqual(expect.stringContaining('review'))
  })
})

describe('each number', () => {
  const lists: Record<string, string> = {
    '/campaign/returns': '/returns',
    '/inspection/mine': '/inspection/mine',
    '/inspection/tasks': '/inspection/tasks',
    '/inspection/problems': '/problems',
    '/inspection/penalties': '/sanctions/penalties',
    '/inspection/points': '/sanctions/points',
    '/inspection/transfers': '/sanctions/transfers',
    '/publish/sanctions': '/sanctions/publications',
  }
  const dictionary = {
    '/api/v1/sanctions/dictionary': ['penalty', 'points', 'publication', 'transfer', 'consequence'],
  }
  const all = [...returnBoxes, ...inspectionBoxes, ...ledgerBoxes, ...sanctionBoxes]

  it.each(all.map(({ to }) => to))('leads to a list that is narrowed: %s', async (to) => {
    const { pathname, searchParams } = new URL(to, 'http://qingfeng.test')
    const view = searchParams.get('view')
    searchParams.delete('view')
    const list = `/api/v1${view ? `/sanctions/${view}` : lists[pathname]}`
    const permissions = [...roles.office, ...roles.director]
    const { asked } = renderConsole(
      to,
      server(permissions, {
        [`GET ${list}`]: () => ({ body: { items: [] } }),
        ...Object.fromEntries(
          Object.entries(dictionary).map(([path, keys]) => [
            `GET ${path}`,
            () => ({ body: Object.fromEntries(keys.map((key) => [key, []])) }),
          ]),
        ),
      }),
    )
    await waitFor(() => expect(asked.map(({ path }) => path)).toContain(list))
    const { query } = asked.find(({ path }) => path === list) as Asked
    expect(Object.fromEntries(query)).toMatchObject(Object.fromEntries(searchParams))
  })
})
