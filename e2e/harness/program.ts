import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The program under test: what `make build` left, or what QINGFENG names. */
export const binary =
  process.env.QINGFENG ?? fileURLToPath(new URL('../../bin/qingfeng', import.meta.url))
const startWithin = 180_000
const stopWithin = 15_000

/** One person of the demo city who may sign in. */
export type Login = { role: string; username: string; password: string }

/** What `qingfeng demo --print-json` says when it is ready. */
export type Announcement = { base_url: string; report_token: string; logins: Login[] }

/** Whether the program keeps its proof-of-work and rate limits. */
export type Limits = 'on' | 'off'

/** How a program is started. */
export type Start = {
  /** Its data folder; an empty one becomes a new city. */
  data: string
  /** The instant that its clock shows first, in Shanghai: 2026-07-28T09:00. */
  at: string
  limits: Limits
  /** Whether its address is a name, as passkeys need one: localhost. */
  named?: boolean
  /** Where it listens: HOST:PORT; a free port of this machine when absent. */
  listen?: string
  /** The file to which its log is added. */
  log: string
}

/** `qingfeng demo` as a running process. */
export class Program {
  private constructor(
    readonly said: Announcement,
    readonly listen: string,
    private readonly process: ChildProcess,
  ) {}

  /** Starts the program and waits until it says that it is ready. */
  static async start(start: Start): Promise<Program> {
    const { data, at, limits, log, named, listen = `127.0.0.1:${await freePort()}` } = start
    await mkdir(dirname(log), { recursive: true })
    const args = ['demo', '--print-json', '--data', data, '--listen', listen, '--at', at]
    if (named) args.push('--url', `http://localhost:${listen.split(':').at(-1)}`)
    const child = spawn(binary, args, {
      env: { ...process.env, QINGFENG_LIMITS: limits },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // A worker that Playwright gives up on does not come to stop.
    process.once('exit', () => child.kill('SIGKILL'))
    child.stderr?.pipe(createWriteStream(log, { flags: 'a' }))
    try {
      return new Program(await announcement(child), listen, child)
    } catch (reason) {
      await end(child)
      const last = await readFile(log, 'utf8').catch(() => '')
      throw new Error(`the demo city did not start: ${reason}\n${last.slice(-2000)}`)
    }
  }

  /** Ends the program as an administrator would. */
  stop(): Promise<void> {
    return end(this.process)
  }
}

/** Waits for the one line of JSON on the program's standard output. */
async function announcement(child: ChildProcess): Promise<Announcement> {
  if (!child.stdout) throw new Error('its output is not connected')
  const lines = createInterface({ input: child.stdout })
  return new Promise<Announcement>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line) as Announcement)
    })
    child.once('error', (reason) => reject(new Error(`${reason.message}; run make build first`)))
    child.once('exit', (code, signal) => reject(new Error(`it ended with ${code ?? signal}`)))
    setTimeout(() => reject(new Error(`not ready after ${startWithin} ms`)), startWithin).unref()
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), stopWithin)
  await ended
  clearTimeout(impatience)
}

/** Asks the system for a port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
