import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { problem } from '@/test/fakeFetch'
import { renderConsole } from '@/test/renderConsole'

const page = {
  'GET /api/v1/session/factors': () => ({
    body: { code: false, passkeys: [], recovery: 0, required: false, passkey: true, sso: '' },
  }),
  'GET /api/v1/session/list': () => ({ body: { items: [] } }),
}

describe('what others did to the account', () => {
  it('says who did what, and why', async () => {
    renderConsole('/account', {
      ...page,
      'GET /api/v1/session/deeds': () => ({
        body: {
          items: [
            {
              at: '2026-07-28T01:00:00Z',
              by: '安全员',
              action: 'org.account.reset',
              reason: '忘记密码',
            },
            { at: '2026-07-27T01:00:00Z', by: '', action: 'org.account.open', reason: '' },
          ],
        },
      }),
    })
    expect(await screen.findByText('账号：重置密码')).toBeTruthy()
    expect(screen.getByText(/忘记密码/)).toBeTruthy()
    expect(screen.getByText(/安全员/)).toBeTruthy()
    expect(screen.getByText(/如有不是您要求的操作/)).toBeTruthy()
  })

  it('says that there was nothing', async () => {
    renderConsole('/account', {
      ...page,
      'GET /api/v1/session/deeds': () => ({ body: { items: [] } }),
    })
    expect(await screen.findByText('一年内没有。')).toBeTruthy()
  })

  it('shows what went wrong', async () => {
    renderConsole('/account', {
      ...page,
      'GET /api/v1/session/deeds': () => problem(503, '系统正忙'),
    })
    expect(await screen.findByText('系统正忙')).toBeTruthy()
    expect(screen.queryByText(/如有不是您要求的操作/)).toBeNull()
  })
})
