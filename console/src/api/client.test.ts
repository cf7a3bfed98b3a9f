import { describe, expect, it, vi } from 'vitest'
import { changeSettings } from '@/settings/settings'
import { type Asked, type Endpoints, fakeFetch, problem } from '@/test/fakeFetch'
import { api, read } from './client'
import { importFile } from './importFile'
import { ApiProblem } from './problem'
import { onSignedOut } from './signedOut'
import type { ListPath } from './types'

function serve(endpoints: Endpoints): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', fakeFetch(endpoints, asked))
  return asked
}

describe('the client', () => {
  it('asks in the language of the person', async () => {
    const asked = serve({ 'GET /api/v1/search': () => ({ body: { items: [] } }) })
    const search = () => api.GET('/api/v1/search', { params: { query: { q: '红包' } } })
    await search()
    changeSettings({ language: 'en' })
    await search()
    expect(asked.map((one) => one.headers.get('Accept-Language'))).toEqual(['zh-CN', 'en'])
    expect(asked[0]?.query.get('q')).toBe('红包')
  })

  it('throws refusals as problems', async () => {
    serve({ 'GET /api/v1/search': () => problem(503, '请稍后再试') })
    const answer = read(api.GET('/api/v1/search', { params: { query: { q: 'x' } } }))
    await expect(answer).rejects.toBeInstanceOf(ApiProblem)
    await expect(answer).rejects.toMatchObject({ status: 503, title: '请稍后再试' })
  })

  it('says so when there is no connection', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    const answer = api.GET('/api/v1/search', { params: { query: { q: 'x' } } })
    await expect(answer).rejects.toMatchObject({ status: 0, title: '连不上服务器' })
  })

  it('announces the end of the session on any 401 but a wrong password', async () => {
    const ended = vi.fn()
    const stop = onSignedOut(ended)
    serve({
      'GET /api/v1/search': () => problem(401, '请先登录'),
      'POST /api/v1/session': () => problem(401, '用户名或密码不对'),
    })
    const body = { username: 'zhou', password: 'wrong' }
    await expect(api.POST('/api/v1/session', { body })).rejects.toMatchObject({ status: 401 })
    expect(ended).not.toHaveBeenCalled()
    const query = { q: 'x' }
    await expect(api.GET('/api/v1/search', { params: { query } })).rejects.toBeTruthy()
    expect(ended).toHaveBeenCalledOnce()
    stop()
  })

  it('sends a sheet as a file, and asks for the valid rows only when told to', async () => {
    const report = { total: 1, valid: 1, imported: 1, refused: [] }
    const asked = serve({ 'POST /api/v1/places/import': () => ({ body: report }) })
    const file = new File(['a'], 'places.csv')
    expect(await importFile('/api/v1/places/import', file, false)).toEqual(report)
    await importFile('/api/v1/places/import', file, true)
    const forms = asked.map((one) => one.body as FormData)
    expect(forms.map((form) => (form.get('file') as File).name)).toEqual([
      'places.csv',
      'places.csv',
    ])
    expect(forms.map((form) => form.has('valid_only'))).toEqual([false, true])
  })
})

describe('ListPath', () => {
  it('names lists only', () => {
    const list: ListPath = '/api/v1/notifications'
    // @ts-expect-error the session is no list
    const other: ListPath = '/api/v1/session'
    expect([list, other]).toHaveLength(2)
  })
})
