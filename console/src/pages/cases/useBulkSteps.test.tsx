import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Suspense } from 'react'
import { describe, expect, it } from 'vitest'
import { tester } from '@/test/renderConsole'
import { renderPart } from '@/test/renderPart'
import type { CaseRow } from './caseApi'
import { useBulkSteps } from './useBulkSteps'

const common_steps = [
  {
    action: 'accept',
    name: { zh: '受理', en: 'Accept' },
    state: 'received',
    permission: 'case.triage',
  },
  {
    action: 'sign',
    name: { zh: '签收', en: 'Sign' },
    state: 'dispatched',
    permission: 'case.handle',
  },
]

const cases = [
  { id: 'c1', number: 'QF-1', state: 'received' },
  { id: 'c2', number: 'QF-2', state: 'received' },
] as CaseRow[]

/** The steps as buttons, with what the last one left undone. */
function Steps({ rows }: { rows: CaseRow[] }) {
  const steps = useBulkSteps(rows)
  const take = async (step: (typeof steps)[number]) => {
    const refused = [(await step.run(rows, '')) ?? []].flat()
    document.title = refused.map(({ name, why }) => `${name} ${why}`).join()
  }
  return steps.map((step) => (
    <button key={step.key} type="button" onClick={() => take(step)}>
      {step.label}
    </button>
  ))
}

function show(rows: CaseRow[], permissions: string[]) {
  const user = { ...tester, permissions }
  const taken = {
    items: [{ id: 'c1' }, { id: 'c2', refused: { title: '已受理', detail: '请刷新' } }],
  }
  return renderPart(
    <Suspense fallback="…">
      <Steps rows={rows} />
      <p>ready</p>
    </Suspense>,
    {
      'GET /api/v1/intake/dictionaries': () => ({ body: {} }),
      'GET /api/v1/casework/dictionaries': () => ({ body: { common_steps } }),
      'POST /api/v1/cases/steps': () => ({ body: taken }),
    },
    user,
  )
}

describe('the steps of several cases', () => {
  it('are taken by one request, which answers for each case', async () => {
    const { asked } = show(cases, ['case.triage', 'case.handle'])
    await userEvent.click(await screen.findByRole('button', { name: '受理' }))
    await waitFor(() => expect(document.title).toBe('QF-2 已受理；请刷新'))
    const about = asked.filter(({ path }) => path.startsWith('/api/v1/cases'))
    expect(about.map(({ method, body }) => [method, body])).toEqual([
      ['POST', { ids: ['c1', 'c2'], action: 'accept' }],
    ])
  })

  it('are those that the person may take and all of the cases are ready for', async () => {
    const { unmount } = show(cases, ['case.handle'])
    await screen.findByText('ready')
    expect(screen.queryByRole('button')).toBeNull()
    unmount()
    show([...cases, { id: 'c3', state: 'dispatched' } as CaseRow], ['case.triage', 'case.handle'])
    await screen.findByText('ready')
    expect(screen.queryByRole('button')).toBeNull()
  })
})
