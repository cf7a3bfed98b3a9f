import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderConsole, tester } from '@/test/renderConsole'

function shown(address: string) {
  return renderConsole(address, {
    'GET /api/v1/session': () => ({
      body: { lang: 'zh-CN', user: { ...tester, permissions: ['campaign.read'] } },
    }),
    'GET /api/v1/returns': () => ({ body: { items: [] } }),
  })
}

const boxes = ({ asked }: ReturnType<typeof shown>) =>
  asked.filter(({ path }) => path === '/api/v1/returns').map(({ query }) => query.get('box'))

it('begins with what is open, and shows all once that filter is taken away', async () => {
  const console = shown('/campaign/returns')
  await waitFor(() => expect(boxes(console)).toContain('open'))
  expect(boxes(console)).not.toContain(null)
  const [clear] = await screen.findAllByRole('button', { name: '清空筛选' })
  await userEvent.click(clear as HTMLElement)
  await waitFor(() => expect(boxes(console).at(-1)).toBeNull())
})

it('keeps to the filter of a link', async () => {
  const console = shown('/campaign/returns?campaign=c1')
  await waitFor(() => expect(boxes(console)).toEqual([null]))
})
