import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const binary = process.env.QINGFENG ?? fileURLToPath(new URL('../../bin/qingfeng', import.meta.url))
const startWithin = 120_000
const stopWithin = 15_000

/** One person of the demo city who may sign in. */
export type Login = { role: string; username: string; password: string }

/** What `qingfeng demo --print-json` says when it is ready. */
type Announcement = { base_url: string; report_token: string; logins: Login[] }

/** Whether the city keeps its proof-of-work and rate limits. */
export type Limits = 'on' | 'off'

/** A demo city of its own: the real program on an empty data folder. */
export class City {
  private constructor(
    /** Where it listens, without a slash at the end. */
    readonly baseURL: string,
    /** The token of one place's code: `/q/<token>` is its report form. */
    readonly reportToken: string,
    /** One login for each role of the demo. */
    readonly logins: readonly Login[],
    private readonly program: ChildProcess,
    private readonly data: string,
  ) {}

  /** Starts a city that logs to the file log, and waits until it is ready. */
  static async start(log: string, limits: Limits): Promise<City> {
    const data = await mkdtemp(join(tmpdir(), 'qingfeng-e2e-'))
    await mkdir(dirname(log), { recursive: true })
    const listen = `127.0.0.1:${await freePort()}`
    const program = spawn(binary, ['demo', '--print-json', '--data', data, '--listen', listen], {
      env: { ...process.env, QINGFENG_LIMITS: limits },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // A worker that Playwright gives up on does not come to stop.
    process.once('exit', () => program.kill('SIGKILL'))
    program.stderr?.pipe(createWriteStream(log))
    try {
      const said = await announcement(program)
      return new City(
        said.base_url.replace(/\/$/, ''),
        said.report_token,
        said.logins,
        program,
        data,
      )
    } catch (reason) {
      await stop(program)
      await rm(data, { recursive: true, force: true })
      const last = await readFile(log, 'utf8').catch(() => '')
      throw new Error(`the demo city did not start: ${reason}\n${last.slice(-2000)}`)
    }
  }

  /** The address of the report form of one place. */
  get formURL(): string {
    return `${this.baseURL}/q/${this.reportToken}`
  }

  /** The first login of role; fails when the demo has none. */
  login(role: string): Login {
    const found = this.logins.find((l) => l.role === role)
    if (!found) {
      const roles = this.logins.map((l) => l.role).join(', ')
      throw new Error(`the demo city has no login for the role ${role}; it has ${roles}`)
    }
    return found
  }

  /** Ends the program as an administrator would, and removes its data. */
  async stop(): Promise<void> {
    await stop(this.program)
    await rm(this.data, { recursive: true, force: true })
  }
}

/** Waits for the one line of JSON on the program's standard output. */
async function announcement(program: ChildProcess): Promise<Announcement> {
  if (!program.stdout) throw new Error('its output is not connected')
  const lines = createInterface({ input: program.stdout })
  const said = new Promise<Announcement>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line) as Announcement)
    })
    program.once('error', (reason) => reject(new Error(`${reason.message}; run make build first`)))
    program.once('exit', (code, signal) => reject(new Error(`it ended with ${code ?? signal}`)))
    setTimeout(() => reject(new Error(`not ready after ${startWithin} ms`)), startWithin).unref()
  })
  return said
}

async function stop(program: ChildProcess): Promise<void> {
  if (program.pid === undefined || program.exitCode !== null || program.signalCode !== null) return
  const ended = once(program, 'exit')
  program.kill('SIGTERM')
  const impatience = setTimeout(() => program.kill('SIGKILL'), stopWithin)
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
