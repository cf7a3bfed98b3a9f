import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { renderConsole, tester } from '@/test/renderConsole'

const milestones = [
  { due: '2026-09-30', percent: 50, kinds: ['general'], text: '九月底前过半' },
  { due: '', percent: 100, kinds: [], text: '' },
]

/** Shows a campaign in a state, with milestones in its plan. */
function show(state: string, planned = milestones) {
  const campaign = {
    id: 'c1',
    state,
    stage: -1,
    title: '清源行动',
    units: {},
    actions: [],
    content: { stages: [], members: [], tasks: [], milestones: planned, duties: [], people: [] },
  }
  renderConsole('/campaign/list/c1', {
    'GET /api/v1/session': () => ({
      body: { lang: 'zh-CN', user: { ...tester, permissions: ['campaign.read'] } },
    }),
    'GET /api/v1/campaigns/c1': () => ({ body: campaign }),
    'GET /api/v1/campaigns/c1/trail': () => ({ body: [] }),
    'GET /api/v1/org/dictionaries': () => ({
      body: { institution_kinds: [{ code: 'general', name: { zh: '综合医院', en: 'General' } }] },
    }),
  })
}

it('shows the milestones of a draft, with those of which the day is open', async () => {
  show('draft')
  expect(await screen.findByText('覆盖进度')).toBeTruthy()
  const first = (await screen.findByText('综合医院')).closest('tr')
  const second = screen.getByText('全部机构').closest('tr')
  expect(first?.textContent).toBe('2026-09-3050%综合医院九月底前过半')
  expect(second?.textContent).toBe('—100%全部机构—')
})

it.each([
  ['running', milestones],
  ['draft', []],
])(
  'leaves them to the coverage once it runs, and shows no empty list: %s',
  async (state, planned) => {
    show(state, planned)
    expect(await screen.findByText('责任分工')).toBeTruthy()
    expect(screen.queryByText('覆盖进度')).toBeNull()
  },
)
