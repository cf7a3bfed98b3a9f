import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from './problem'
import { upload } from './upload'

afterEach(() => vi.unstubAllGlobals())

describe('upload', () => {
  it('sends a file in one request and returns its identifier', async () => {
    const fetch = vi.fn(
      async () => new Response(null, { status: 201, headers: { Location: '/api/v1/uploads/u7' } }),
    )
    vi.stubGlobal('fetch', fetch)
    expect(await upload(new File(['abc'], '证明.pdf', { type: 'application/pdf' }))).toBe('u7')
    expect(fetch).toHaveBeenCalledWith(
      '/api/v1/uploads',
      expect.objectContaining({
        method: 'POST',
        headers: expect.objectContaining({
          'Upload-Length': '3',
          'Upload-Metadata': 'filename 6K+B5piOLnBkZg==,filetype YXBwbGljYXRpb24vcGRm',
        }),
      }),
    )
  })

  it('throws what the server refuses, and a broken connection', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 413 }))
    await expect(upload(new File(['abc'], 'a'))).rejects.toMatchObject({ status: 413 })
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('offline')))
    await expect(upload(new File(['abc'], 'a'))).rejects.toBeInstanceOf(ApiProblem)
  })
})
