import { File as NodeFile } from 'node:buffer'
import { describe, expect, it, vi } from 'vitest'
import { changeSettings } from '@/settings/settings'
import { type Asked, type Endpoints, fakeFetch, problem } from '@/test/fakeFetch'
import type { ListPath } from './answers'
import { api, read } from './client'
import { importFile } from './importFile'
import { ApiProblem } from './problem'
import { onSignedOut } from './signedOut'

function serve(endpoints: Endpoints): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', fakeFetch(endpoints, asked))
  return asked
}

describe('the client', () => {
  it('asks in the language of the person', async () => {
    const asked = serve({ 'GET /api/v1/cases': () => ({ body: { items: [] } }) })
    const search = () => api.GET('/api/v1/cases', { params: { query: { q: '红包' } } })
    await search()
    changeSettings({ language: 'en' })
    await search()
    expect(asked.map((one) => one.headers.get('Accept-Language'))).toEqual(['zh-CN', 'en'])
    expect(asked[0]?.query.get('q')).toBe('红包')
  })

  it('throws refusals as problems', async () => {
    serve({ 'GET /api/v1/cases': () => problem(503, '请稍后再试') })
    const answer = read(api.GET('/api/v1/cases', { params: { query: { q: 'x' } } }))
    await expect(answer).rejects.toBeInstanceOf(ApiProblem)
    await expect(answer).rejects.toMatchObject({ status: 503, title: '请稍后再试' })
  })

  it('says so when there is no connection', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    const answer = api.GET('/api/v1/cases', { params: { query: { q: 'x' } } })
    await expect(answer).rejects.toMatchObject({ status: 0, title: '连不上服务器' })
  })

  it('announces the end of the session on any 401 but a wrong password', async () => {
    const ended = vi.fn()
    const stop = onSignedOut(ended)
    serve({
      'GET /api/v1/cases': () => problem(401, '请先登录'),
      'POST /api/v1/session': () => problem(401, '用户名或密码不对'),
    })
    const body = { username: 'zhou', password: 'wrong' }
    await expect(api.POST('/api/v1/session', { body })).rejects.toMatchObject({ status: 401 })
    expect(ended).not.toHaveBeenCalled()
    const query = { q: 'x' }
    await expect(api.GET('/api/v1/cases', { params: { query } })).rejects.toBeTruthy()
    expect(ended).toHaveBeenCalledOnce()
    stop()
  })

  it.each([
    ['check', ''],
    ['all', '&commit=true'],
    ['valid', '&commit=true&only_valid=true'],
  ] as const)('sends a sheet as it is, to %s', async (mode, search) => {
    const asked = serve({ 'POST /api/v1/org/imports/places': () => ({ body: { total: 1 } }) })
    // Node's own requests know only Node's own files.
    const file = new NodeFile(['名称,位置'], '地点 1.csv') as unknown as File
    expect(await importFile('/api/v1/org/imports/places', file, mode)).toEqual({ total: 1 })
    const [sent] = asked
    expect(`${sent?.query}`).toBe(`name=%E5%9C%B0%E7%82%B9+1.csv${search}`)
    expect(sent?.headers.get('Content-Type')).toBe('application/octet-stream')
    expect(sent?.body).toBe('名称,位置')
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
