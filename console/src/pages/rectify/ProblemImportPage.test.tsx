import { fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderPart } from '@/test/renderPart'
import ProblemImportPage from './ProblemImportPage'

it('sends along what was chosen for rows that name no source', async () => {
  const { asked } = renderPart(<ProblemImportPage />, {
    'GET /api/v1/problems/dictionary': () => ({
      body: { sources: [{ code: 'self', text: { zh: '自查', en: 'Self' } }], categories: [] },
    }),
    'POST /api/v1/problems/import': () => ({
      body: { kind: 'problems', total: 1, good: 1, imported: 0, ignored: [], problems: [] },
    }),
  })
  fireEvent.mouseDown(await screen.findByRole('combobox', { name: '没有写来源的按' }))
  await userEvent.click(await screen.findByTitle('自查'))
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('no file input')
  await userEvent.upload(input, new File(['x'], 'ledger.csv'))
  await screen.findByText(/的 1 行都没有问题/)
  const sent = asked.find((one) => one.method === 'POST')
  expect(sent?.query.get('source')).toBe('self')
  expect(sent?.query.has('category')).toBe(false)
})
