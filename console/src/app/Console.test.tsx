import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { setScreenWidth } from '@/test/browser'
import { problem } from '@/test/fakeFetch'
import { renderConsole, shellEndpoints } from '@/test/renderConsole'
import { sampleAreas } from '@/test/sampleAreas'

const at = (address: string, endpoints = {}) => renderConsole(address, endpoints, sampleAreas)

describe('the console', () => {
  it('shows only the areas that the permissions reach, and starts with the first', async () => {
    const { history } = at('/')
    await screen.findByRole('heading', { name: '全部诉求' })
    expect(history.location.pathname).toBe('/console/casework/cases')
    const nav = screen.getByRole('navigation', { name: '主导航' })
    expect(within(nav).getByText('全部诉求').closest('a')?.getAttribute('href')).toBe(
      '/console/casework/cases',
    )
    expect(within(nav).queryByText('用户')).toBeNull()
    expect(document.title).toBe('全部诉求 · 清风')
  })

  it('keeps a page from those whose role does not reach it', async () => {
    at('/system/users')
    expect(await screen.findByText('您的角色不能使用这个页面')).toBeTruthy()
  })

  it('says so where there is no page', async () => {
    at('/nowhere')
    expect(await screen.findByText('没有这个页面')).toBeTruthy()
  })

  it('says so when the server does not answer, and tries again', async () => {
    let broken = true
    at('/casework/cases', {
      'GET /api/v1/session': () =>
        broken ? problem(500, '内部错误') : shellEndpoints()['GET /api/v1/session']?.({} as never),
    })
    await screen.findByText('内部错误')
    broken = false
    await userEvent.click(screen.getByRole('button', { name: '重试' }))
    expect(await screen.findByRole('heading', { name: '全部诉求' })).toBeTruthy()
  })

  it('changes the language at once and for the next requests', async () => {
    const { asked } = at('/casework/cases')
    await userEvent.click(await screen.findByRole('button', { name: /账号/ }))
    await userEvent.click(await screen.findByText('English'))
    expect(await screen.findByRole('heading', { name: 'All cases' })).toBeTruthy()
    expect(document.documentElement.lang).toBe('en')
    await waitFor(() => expect(asked.at(-1)?.headers.get('Accept-Language')).toBe('en'))
    expect(localStorage.getItem('qingfeng.settings')).toContain('"language":"en"')
  })

  it('puts the navigation into a drawer on a phone', async () => {
    setScreenWidth(375)
    at('/casework/cases')
    await userEvent.click(await screen.findByRole('button', { name: '打开导航' }))
    const drawer = await screen.findByRole('dialog')
    expect(within(drawer).getByText('全部诉求')).toBeTruthy()
  })
})

describe('an expired session', () => {
  it('leads to the sign-in page and back into the half-written form', async () => {
    const signedIn = { now: true }
    const { history } = at('/casework/cases?state=new', {
      ...shellEndpoints(signedIn),
      'POST /sample/notes': () => problem(401, '请先登录'),
    })
    await userEvent.click(await screen.findByRole('button', { name: '写记录' }))
    await userEvent.type(await screen.findByLabelText('题目'), '写了一半')
    signedIn.now = false
    await userEvent.click(screen.getByRole('button', { name: '提交' }))

    await userEvent.type(await screen.findByLabelText('用户名'), 'zhou')
    expect(history.location.pathname).toBe('/console/login')
    await userEvent.type(screen.getByLabelText('密码'), 'right')
    await userEvent.click(screen.getByRole('button', { name: '登录' }))

    const field = await screen.findByLabelText<HTMLInputElement>('题目')
    expect(field.value).toBe('写了一半')
    expect(history.location.href).toBe('/console/casework/cases?state=new&form=note%3Ac7')
  })

  it('keeps the user name and says why when the password is wrong', async () => {
    at('/casework/cases', {
      'GET /api/v1/session': () => problem(401, '请先登录'),
      'POST /api/v1/session': () => problem(401, '用户名或密码不对'),
    })
    await userEvent.type(await screen.findByLabelText('用户名'), 'zhou')
    await userEvent.type(screen.getByLabelText('密码'), 'wrong{Enter}')
    expect(await screen.findByText('用户名或密码不对')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('用户名').value).toBe('zhou')
  })

  it('leaves nothing behind after signing out', async () => {
    const { history } = at('/casework/cases', shellEndpoints({ now: true }))
    await userEvent.click(await screen.findByRole('button', { name: '写记录' }))
    await userEvent.type(await screen.findByLabelText('题目'), '草稿')
    expect(sessionStorage).toHaveLength(1)
    await userEvent.click(screen.getByRole('button', { name: '取消' }))
    await userEvent.click(screen.getByRole('button', { name: /账号/ }))
    await userEvent.click(await screen.findByText('退出登录'))
    await screen.findByLabelText('用户名')
    expect(history.location.pathname).toBe('/console/login')
    expect(sessionStorage).toHaveLength(0)
  })
})

describe('the search', () => {
  const hits = [
    {
      kind: 'case',
      id: '1',
      number: 'QF-1',
      title: '候诊过久',
      url: '/console/casework/cases?n=1',
    },
    { kind: 'person', id: '2', title: '李清', url: '/casework/cases?n=2' },
  ]

  it('opens by Ctrl-K and goes where the keys choose', async () => {
    const { history, asked } = at('/casework/cases', {
      'GET /api/v1/search': () => ({ body: { items: hits } }),
    })
    await screen.findByRole('heading', { name: '全部诉求' })
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.type(await screen.findByRole('combobox'), '李')
    await screen.findByRole('option', { name: /李清/ })
    expect(asked.find((one) => one.path.endsWith('/search'))?.query.get('q')).toBe('李')
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await waitFor(() => expect(history.location.search).toBe('?n=2'))
    expect(screen.queryByRole('combobox')).toBeNull()
  })

  it('says when nothing was found', async () => {
    at('/casework/cases', { 'GET /api/v1/search': () => ({ body: { items: null } }) })
    await screen.findByRole('heading', { name: '全部诉求' })
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.type(await screen.findByRole('combobox'), 'x')
    expect(await screen.findByText(/没有找到/)).toBeTruthy()
  })
})
