import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { setScreenWidth } from '@/test/browser'
import { type Answer, type Asked, problem } from '@/test/fakeFetch'
import { renderConsole } from '@/test/renderConsole'

const notices = Array.from({ length: 45 }, (_, i) => ({
  id: `n${i}`,
  kind: 'case.due',
  title: { zh: `第 ${i + 1} 条提醒`, en: `reminder ${i + 1}` },
  body: { zh: '', en: '' },
  created_at: new Date(Date.UTC(2026, 6, 28) - i * 3_600_000).toISOString(),
  link: `/casework/cases/c${i}`,
  ...(i >= 3 && { read_at: '2026-07-28T00:00:00Z' }),
}))

/** The server's side of the list: filters, cursor, count on the first page only. */
function list({ query }: Asked): Answer {
  const fits = notices.filter((notice) => query.get('unread') !== 'true' || !('read_at' in notice))
  const from = Number(query.get('cursor') ?? 0)
  const to = from + Number(query.get('limit') ?? 20)
  const count = from === 0 ? { count: { value: fits.length, capped: false } } : {}
  const next = to < fits.length ? { next: String(to) } : {}
  return { body: { items: fits.slice(from, to), ...next, ...count } }
}

const show = (search = '', endpoints = {}) =>
  renderConsole(`/notifications${search}`, { 'GET /api/v1/notifications': list, ...endpoints })

/** The requests for rows; the bell asks for eight. */
const rowsAsked = (asked: Asked[]) =>
  asked.filter((one) => one.path.endsWith('/notifications') && one.query.get('limit') !== '8')

describe('a list page', () => {
  it('pages by cursor and knows the way back', async () => {
    const { history } = show()
    await screen.findByText('第 1 条提醒')
    expect(screen.getByText('共 45 条')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: /下一页/ }))
    await screen.findByText('第 21 条提醒')
    expect(history.location.search).toBe('?cursor=20')
    expect(screen.getByText('共 45 条')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: /下一页/ }))
    await screen.findByText('第 45 条提醒')
    expect(screen.getByRole('button', { name: /下一页/ })).toHaveProperty('disabled', true)
    await userEvent.click(screen.getByRole('button', { name: /上一页/ }))
    await screen.findByText('第 21 条提醒')
    await userEvent.click(screen.getByRole('button', { name: /上一页/ }))
    await screen.findByText('第 1 条提醒')
  })

  it('after a reload in the middle knows the way to the first page only', async () => {
    show('?cursor=20')
    await screen.findByText('第 21 条提醒')
    expect(screen.getByRole('button', { name: /上一页/ })).toHaveProperty('disabled', true)
    await userEvent.click(screen.getByRole('button', { name: '第一页' }))
    await screen.findByText('第 1 条提醒')
  })

  it('keeps its filters in the address, in both directions, and starts them at the first page', async () => {
    const { history, asked } = show('?cursor=20&limit=50')
    const flag = await screen.findByRole('checkbox', { name: '只看未读' })
    await userEvent.click(flag)
    await screen.findByText('共 3 条')
    expect(history.location.search).toBe('?limit=50&unread=true')
    const last = rowsAsked(asked).at(-1)
    expect(Object.fromEntries(last?.query ?? [])).toEqual({ limit: '50', unread: 'true' })
    history.back()
    await waitFor(() => expect(flag).toHaveProperty('checked', false))
  })

  it('does something to the ticked rows, across pages, and ticks none afterwards', async () => {
    const { asked } = show('', { 'POST /api/v1/notifications/read': () => ({}) })
    await screen.findByText('第 1 条提醒')
    const tick = async (text: string) => {
      const row = (await screen.findByText(text)).closest('tr') as HTMLElement
      await userEvent.click(within(row).getByRole('checkbox'))
    }
    await tick('第 2 条提醒')
    await userEvent.click(screen.getByRole('button', { name: /下一页/ }))
    await tick('第 22 条提醒')
    expect(screen.getByText('已选 2 条')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '标为已读' }))
    await waitFor(() => expect(screen.queryByText('已选 2 条')).toBeNull())
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ ids: ['n1', 'n21'] })
  })

  it('links each row to its record and remembers which columns are shown', async () => {
    show()
    const link = (await screen.findByText('第 1 条提醒')).closest('a')
    expect(link?.getAttribute('href')).toBe('/console/casework/cases/c0')
    await userEvent.click(screen.getByRole('button', { name: '选择显示的列' }))
    await userEvent.click(await screen.findByRole('checkbox', { name: '状态' }))
    await waitFor(() => expect(screen.queryByRole('columnheader', { name: '状态' })).toBeNull())
    expect(localStorage.getItem('qingfeng.columns.notifications')).toBe('["read"]')
  })

  it('says what went wrong and tries again', async () => {
    let broken = true
    show('', {
      'GET /api/v1/notifications': (asked: Asked) =>
        broken ? problem(500, '内部错误', { detail: '请稍后重试' }) : list(asked),
    })
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('请稍后重试')
    broken = false
    await userEvent.click(within(alert).getByRole('button', { name: '重试' }))
    await screen.findByText('第 1 条提醒')
  })

  it('tells an empty list from one that filters empty', async () => {
    const none = { 'GET /api/v1/notifications': () => ({ body: { items: [] } }) }
    const { history } = show('?unread=true', none)
    await screen.findByText('没有符合筛选条件的内容')
    const box = screen.getByText('没有符合筛选条件的内容').closest('.ant-empty') as HTMLElement
    await userEvent.click(within(box).getByRole('button', { name: '清空筛选' }))
    expect(await screen.findByText('还没有通知')).toBeTruthy()
    expect(history.location.search).toBe('')
  })

  it('shows cards on a phone', async () => {
    setScreenWidth(375)
    show()
    await screen.findByText('第 1 条提醒')
    expect(screen.queryByRole('table')).toBeNull()
    expect(screen.getAllByRole('listitem').length).toBeGreaterThanOrEqual(20)
  })
})
