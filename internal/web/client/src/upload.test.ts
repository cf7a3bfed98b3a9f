import { beforeEach, expect, test } from 'vitest'
import { Refused, type Wire } from './tus.ts'
import { patience, Upload } from './upload.ts'

/** A server that keeps what arrives and fails when it is told to. */
class Server implements Wire {
  held: Record<string, number> = {}
  calls: string[] = []
  /** What happens to the next sends: how many bytes arrive before they break; all when absent. */
  breaks: (number | Error)[] = []
  onSend: () => void = () => undefined
  private made = 0

  async create(): Promise<string> {
    this.calls.push('create')
    const url = `/uploads/ID${++this.made}`
    this.held[url] = 0
    return url
  }

  async offset(url: string): Promise<number | null> {
    this.calls.push('offset')
    return this.held[url] ?? null
  }

  async send(
    url: string,
    part: Blob,
    offset: number,
    seen: (n: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    this.calls.push(`send ${offset}+${part.size}`)
    this.onSend()
    const fate = this.breaks.shift()
    if (fate instanceof Error) throw fate
    if (signal.aborted) throw new Error('broken off')
    const n = fate ?? part.size
    this.held[url] = offset + n
    seen(n)
    if (n < part.size) throw new Error('the connection broke')
  }

  async discard(url: string): Promise<void> {
    this.calls.push('discard')
    delete this.held[url]
  }
}

let server: Server
let waits: number[]

/** Waiting costs nothing here. */
const later = (f: () => void, ms: number) => {
  waits.push(ms)
  queueMicrotask(f)
}

function upload(size = 100): Upload {
  return new Upload(new Blob([new Uint8Array(size)]), server, () => undefined, later)
}

beforeEach(() => {
  server = new Server()
  waits = []
})

test('a file goes in one piece', async () => {
  const u = upload()
  await u.run()
  expect(u.state).toBe('done')
  expect(u.id).toBe('ID1')
  expect(server.calls).toEqual(['create', 'send 0+100'])
})

test('a broken connection goes on where it broke', async () => {
  server.breaks = [30, 0, 20]
  const u = upload()
  await u.run()
  expect(u.state).toBe('done')
  expect(server.calls).toEqual([
    'create',
    'send 0+100',
    'offset',
    'send 30+70',
    'offset',
    'send 30+70',
    'offset',
    'send 50+50',
  ])
  expect(server.held['/uploads/ID1']).toBe(100)
})

test('progress shortens the wait again, silence doubles it', async () => {
  server.breaks = [new Error(), new Error(), new Error(), 10, new Error()]
  await upload().run()
  expect(waits).toEqual([1000, 2000, 4000, 1000, 2000])
  expect(patience(20)).toBe(30_000)
})

test('an upload that the server forgot begins anew', async () => {
  server.breaks = [50]
  const u = upload()
  server.onSend = () => {
    server.onSend = () => undefined
    queueMicrotask(() => delete server.held['/uploads/ID1'])
  }
  await u.run()
  expect(u.id).toBe('ID2')
  expect(server.held['/uploads/ID2']).toBe(100)
})

test('what the server refuses is not tried again', async () => {
  server.breaks = [new Refused('文件太大')]
  const u = upload()
  await u.run()
  expect([u.state, u.reason]).toEqual(['refused', '文件太大'])
  expect(server.calls).toHaveLength(2)
})

test('a pause lasts until somebody resumes, whatever the connection does', async () => {
  const u = upload()
  server.breaks = [40]
  server.onSend = () => u.pause()
  const run = u.run()
  await new Promise((r) => setTimeout(r))
  expect(u.state).toBe('paused')
  u.resumeIfBroken()
  expect(u.state).toBe('paused')
  server.onSend = () => undefined
  u.resume()
  await run
  expect(u.state).toBe('done')
})

test('a file that is taken back is thrown away and stays away', async () => {
  const u = upload()
  server.breaks = [40]
  server.onSend = () => void u.remove()
  await u.run()
  expect(u.state).toBe('removed')
  expect(u.pending).toBe(false)
  expect(server.calls).toContain('discard')
})

test('an empty file is left to the server to refuse', async () => {
  server.create = async () => {
    throw new Refused('这是一个空文件')
  }
  const u = upload(0)
  await u.run()
  expect(u.state).toBe('refused')
})
