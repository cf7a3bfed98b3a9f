import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { problem } from '@/test/fakeFetch'
import { renderConsole, tester } from '@/test/renderConsole'
import { renderPart } from '@/test/renderPart'
import { ReturnForm } from './ReturnForm'
import type { ReturnDetail } from './returnApi'

const report = {
  id: 'r1',
  edit: 4,
  kind: 'text',
  text: '上期报告',
  header: { filler: '', reviewer: '', phone: '' },
  lines: [],
  files: [],
  below: [],
  violations: [],
} as unknown as ReturnDetail

const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: '报告内容' })

it('keeps what was typed over a reload until the server has it, and says when it has', async () => {
  const endpoints = { 'PUT /api/v1/returns/r1': () => ({ body: { ...report, edit: 5 } }) }
  const first = renderPart(<ReturnForm of={report} />, endpoints)
  await userEvent.type(box(), '，本期检查三家')
  first.unmount()
  const second = renderPart(<ReturnForm of={report} />, endpoints)
  expect(box().value).toBe('上期报告，本期检查三家')
  await userEvent.click(screen.getByRole('button', { name: /保\s?存$/ }))
  await screen.findByText('已保存')
  second.unmount()
  renderPart(<ReturnForm of={report} />, endpoints)
  await waitFor(() => expect(box().value).toBe('上期报告'))
})

it('gives back what the server has when the draft is dropped', async () => {
  const shown = renderPart(<ReturnForm of={report} />, {})
  await userEvent.type(box(), '草稿')
  shown.unmount()
  renderPart(<ReturnForm of={report} />, {})
  await userEvent.click(screen.getByRole('button', { name: /丢\s?弃/ }))
  expect(box().value).toBe('上期报告')
})

const row = {
  way: 'typed',
  unit: '起',
  group: '',
  typed: true,
  at_most: [],
  source: [],
  growth: '',
}
const line = { ...row, values: ['', '', ''], below: ['', '', ''], own: ['', '', ''] }
const table = {
  ...report,
  shown: 1,
  revision: 1,
  campaign: 'c1',
  kind: 'table',
  state: 'owed',
  actions: ['fill'],
  changes: [],
  text: '',
  lines: [
    { ...line, key: 'cases', label: '立案', before: '', own_before: '', remark: '' },
    { ...line, key: 'fined', label: '罚款', before: '10', own_before: '4', remark: '' },
  ],
} as unknown as ReturnDetail

const cell = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name })
const zero = () => userEvent.click(screen.getByRole('button', { name: '本级空格填 0' }))
const submit = () => userEvent.click(screen.getByRole('button', { name: '保存并报送' }))
const lacks = (key: string, label: string) => ({
  row: key,
  column: 'period',
  rule: 'filled',
  hard: true,
  this: '',
  that: '',
  text: { zh: `“${label}”的本期数未填`, en: '' },
})

it('takes back what it said of a box as soon as the box is another', async () => {
  const below = {
    row: 'fined',
    other: 'cases',
    column: 'total',
    rule: 'at_most',
    hard: true,
    this: '4',
    that: '3',
    text: { zh: '“罚款”累计 4 大于“立案”3', en: '' },
  }
  const [cases, fined] = table.lines
  const lines = [
    { ...cases, own: ['', '3', ''] },
    { ...fined, own: ['', '4', ''] },
  ]
  const violations = [lacks('cases', '立案'), lacks('fined', '罚款'), below]
  renderPart(<ReturnForm of={{ ...table, lines, violations } as unknown as ReturnDetail} />)
  await userEvent.type(cell('立案 起 本期数'), '2')
  expect(screen.queryByText('“立案”的本期数未填')).toBeNull()
  expect(screen.getByText('“罚款”的本期数未填')).toBeTruthy()
  await zero()
  expect(screen.queryByText('“罚款”的本期数未填')).toBeNull()
  await userEvent.type(cell('立案 起 累计数'), '0')
  expect(screen.queryByText(/大于/)).toBeNull()
})

it('says at the button that it was refused, and goes to the first place that is wrong', async () => {
  const errors = [
    { location: 'body.rows.cases.period', message: '“三”不是数字' },
    { location: 'body.rows.fined.total', message: '“x”不是数字' },
  ]
  renderPart(<ReturnForm of={table} />, {
    'PUT /api/v1/returns/r1': () => problem(422, '填写有误', { errors }),
  })
  await userEvent.type(cell('立案 起 本期数'), '三')
  await userEvent.type(cell('罚款 起 累计数'), 'x')
  await submit()
  expect((await screen.findByText('共 2 处要改，已在原处标红')).textContent).toBeTruthy()
  expect(document.activeElement).toBe(cell('立案 起 本期数'))
  expect(screen.getByText('“三”不是数字')).toBeTruthy()
  await userEvent.type(cell('立案 起 本期数'), '3')
  expect(screen.queryByText('“三”不是数字')).toBeNull()
  expect(screen.getByText('共 1 处要改，已在原处标红')).toBeTruthy()
})

it('goes to the header where that is what was refused', async () => {
  const errors = [{ location: 'body.header.reviewer', message: '请填写审核人' }]
  renderPart(<ReturnForm of={table} />, {
    'PUT /api/v1/returns/r1': () => ({ body: { ...table, edit: 5 } }),
    'POST /api/v1/returns/r1/step': () => problem(422, '填写有误', { errors }),
  })
  await submit()
  expect(await screen.findByText('请填写审核人')).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByLabelText('审核人'))
})

it('shows beside the own part what is summed below and what is reported, and fills the own part alone', async () => {
  const [cases, fined] = table.lines
  const city = {
    ...table,
    unit_name: '清江市卫生健康委',
    title: '统计表',
    below: [{ id: 'r2', unit_name: '临江区', state: 'signed', counted: 1 }],
    lines: [
      { ...cases, below: ['5', '6', ''], values: ['5', '6', ''] },
      { ...fined, distinct: true },
    ],
  }
  renderConsole('/campaign/list/c1/returns/r1', {
    'GET /api/v1/session': () => ({
      body: { lang: 'zh-CN', user: { ...tester, permissions: ['campaign.read'] } },
    }),
    'GET /api/v1/returns/r1': () => ({ body: city }),
    'GET /api/v1/returns/r1/trail': () => ({ body: [] }),
  })
  const own = await screen.findByRole('textbox', { name: '立案 起 本期数（本级）' })
  const shown = () => own.closest('td')?.textContent
  expect(shown()).toBe('本级下级汇总5上报合计5')
  await userEvent.type(own, '5')
  expect(shown()).toBe('本级下级汇总5上报合计10')
  await userEvent.clear(own)
  await zero()
  expect(shown()).toBe('本级下级汇总5上报合计5')
  const whole = cell('罚款 起 累计数（全辖）')
  expect([whole.value, whole.closest('td')?.textContent]).toEqual(['4', '全辖'])
})
