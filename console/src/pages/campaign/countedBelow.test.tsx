import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { translator } from '@/i18n/text'
import { renderConsole, tester } from '@/test/renderConsole'
import { renderPart } from '@/test/renderPart'
import { countedBelow } from './countedBelow'
import { ReturnForm } from './ReturnForm'
import type { ReturnDetail } from './returnApi'

const names = ['临江区', '望江区', '江北区']

/** A return of a city, of which the first few below are counted. */
const city = (counted: number, below = names) =>
  ({
    id: 'r1',
    campaign: 'c1',
    state: 'submitted',
    edit: 1,
    kind: 'text',
    text: '',
    header: { filler: '', reviewer: '', phone: '' },
    lines: [],
    files: [],
    violations: [],
    changes: [],
    shown: 1,
    revision: 1,
    actions: ['sign'],
    below: below.map((name, at) => ({
      id: name,
      unit_name: name,
      state: 'owed',
      counted: at < counted ? 1 : 0,
    })),
  }) as unknown as ReturnDetail

it('tells whoever signs how many below are counted, and whose numbers are lacking', async () => {
  renderConsole('/campaign/list/c1/returns/r1', {
    'GET /api/v1/session': () => ({
      body: { lang: 'zh-CN', user: { ...tester, permissions: ['campaign.read'] } },
    }),
    'GET /api/v1/returns/r1': () => ({ body: city(1) }),
    'GET /api/v1/returns/r1/trail': () => ({ body: [] }),
  })
  await userEvent.click(await screen.findByRole('button', { name: /审\s?签/ }))
  const dialog = await screen.findByRole('dialog')
  expect(dialog.textContent).toContain('下级已计入 1 / 3 家，未计入：望江区、江北区。审签后')
})

it('tells whoever hands it in, too', () => {
  renderPart(<ReturnForm of={city(1)} />)
  expect(screen.getByText('下级已计入 1 / 3 家，未计入：望江区、江北区。')).toBeTruthy()
})

it.each([
  [city(0), '下级已计入 0 / 3 家，未计入：临江区、望江区、江北区。'],
  [city(3), '下级 3 家全部计入。'],
  [city(0, []), ''],
])('says none, all, and nothing where nothing is summed', (of, says) => {
  expect(countedBelow(translator('zh'), of)).toBe(says)
})

it('names ten of many', () => {
  const many = Array.from({ length: 12 }, (_, at) => `县${at}`)
  expect(countedBelow(translator('zh'), city(0, many))).toMatch(/县8、县9 等 12 家。$/)
})
