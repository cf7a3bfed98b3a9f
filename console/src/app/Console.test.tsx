import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { setScreenWidth } from '@/test/browser'
import { problem } from '@/test/fakeFetch'
import { renderConsole, shellEndpoints, tester } from '@/test/renderConsole'
import { sampleAreas } from '@/test/sampleAreas'

const at = (address: string, endpoints = {}) => renderConsole(address, endpoints, sampleAreas)

describe('the console', () => {
  it('shows only the areas that the permissions reach, and starts with the first', async () => {
    const { history } = at('/')
    await screen.findByRole('heading', { name: '全部诉求' })
    expect(history.location.pathname).toBe('/console/casework/cases')
    const nav = screen.getByRole('navigation', { name: '主导航' })
    expect(within(nav).getByText('诉求办理').closest('a')?.getAttribute('href')).toBe(
      '/console/casework/cases',
    )
    expect(within(nav).queryByText('系统管理')).toBeNull()
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

  it('leads from the short address of a case to its page', async () => {
    const { history } = at('/cases/c1')
    await waitFor(() => expect(history.location.pathname).toBe('/console/casework/cases/c1'))
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
    expect(within(drawer).getByText('诉求办理')).toBeTruthy()
  })
})

describe('an expired session', () => {
  it('is begun again in place, over the half-written form', async () => {
    const signedIn = { now: true }
    const { history } = at('/casework/cases?state=new', {
      ...shellEndpoints(signedIn),
      'POST /sample/notes': () => problem(401, '请先登录'),
    })
    await userEvent.click(await screen.findByRole('button', { name: '写记录' }))
    await userEvent.type(await screen.findByLabelText('题目'), '写了一半')
    signedIn.now = false
    await userEvent.click(screen.getByRole('button', { name: '提交' }))

    await screen.findByText('登录已过期')
    await userEvent.type(await screen.findByLabelText('用户名'), 'zhou')
    await userEvent.type(screen.getByLabelText('密码'), 'right')
    await userEvent.click(screen.getByRole('button', { name: '登录' }))

    await waitFor(() => expect(screen.queryByText('登录已过期')).toBeNull())
    const field = screen.getByLabelText<HTMLInputElement>('题目')
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
    expect(history.location.href).toBe('/console/login')
    expect(sessionStorage).toHaveLength(0)
  })
})

describe('the search', () => {
  const endpoints = {
    'GET /api/v1/cases': () => ({
      body: { items: [{ id: 'c1', number: 'QF-1', title: '候诊过久' }] },
    }),
    'GET /api/v1/org/places': () => ({ body: { items: [] } }),
    'GET /api/v1/org/staff': () => ({ body: { items: [{ id: 's1', name: '李清' }] } }),
  }
  const open = async () => {
    await screen.findByRole('heading', { name: '全部诉求' })
    await userEvent.keyboard('{Control>}k{/Control}')
    return screen.findByRole('combobox')
  }

  it('opens by Ctrl-K and goes where the keys choose', async () => {
    const { history, asked } = at('/casework/cases', endpoints)
    await userEvent.type(await open(), '李')
    await screen.findByRole('option', { name: /李清/ })
    expect(asked.find((one) => one.path.endsWith('/staff'))?.query.get('q')).toBe('李')
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await waitFor(() => expect(history.location.pathname).toBe('/console/system/staff/s1'))
    expect(screen.queryByRole('combobox')).toBeNull()
  })

  it('asks only for what the person may see, and says when nothing was found', async () => {
    const { asked } = at('/casework/cases', {
      ...endpoints,
      'GET /api/v1/session': () => ({ body: { user: { ...tester, permissions: ['case.read'] } } }),
      'GET /api/v1/cases': () => ({ body: { items: [] } }),
    })
    await userEvent.type(await open(), 'x')
    expect(await screen.findByText(/没有找到/)).toBeTruthy()
    expect(asked.some((one) => one.path.startsWith('/api/v1/org/'))).toBe(false)
  })
})

describe('a password that somebody else has set', () => {
  it('has to be replaced before anything else', async () => {
    let user = { ...tester, must_change: true }
    const { asked } = at('/casework/cases', {
      'GET /api/v1/session': () => ({ body: { user } }),
      'POST /api/v1/session/password': () => {
        user = tester
        return { body: { user } }
      },
    })
    await userEvent.type(await screen.findByLabelText('现在的密码'), 'first')
    await userEvent.type(screen.getByLabelText('新密码'), 'correct horse battery')
    expect(screen.queryByRole('navigation', { name: '主导航' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: '设置密码并继续' }))
    await screen.findByRole('heading', { name: '全部诉求' })
    expect(asked.find((one) => one.path.endsWith('/password'))?.body).toEqual({
      old: 'first',
      new: 'correct horse battery',
    })
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('horse')
  })
})
