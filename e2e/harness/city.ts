import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Limits, type Login, Program } from './program'
import { begin, copySeed } from './seed'

/** A demo city of its own: the real program on a copy of the city that was made once. */
export class City {
  private constructor(
    private program: Program,
    private readonly data: string,
    private readonly log: string,
    private readonly limits: Limits,
  ) {}

  /** Starts a city that logs to the file log, and waits until it is ready. */
  static async start(log: string, limits: Limits, named = false): Promise<City> {
    const data = await mkdtemp(join(tmpdir(), 'qingfeng-e2e-'))
    try {
      await copySeed(data)
      const program = await Program.start({ data, at: begin, limits, log, named })
      return new City(program, data, log, limits)
    } catch (reason) {
      await rm(data, { recursive: true, force: true })
      throw reason
    }
  }

  /** Where it listens, without a slash at the end. */
  get baseURL(): string {
    return this.program.said.base_url.replace(/\/$/, '')
  }

  /** The token of one place's code: `/q/<token>` is its report form. */
  get reportToken(): string {
    return this.program.said.report_token
  }

  /** The address of the report form of one place. */
  get formURL(): string {
    return `${this.baseURL}/q/${this.reportToken}`
  }

  /** The first login of role; fails when the demo has none. */
  login(role: string): Login {
    const { logins } = this.program.said
    const found = logins.find((l) => l.role === role)
    if (!found) {
      const roles = logins.map((l) => l.role).join(', ')
      throw new Error(`the demo city has no login for the role ${role}; it has ${roles}`)
    }
    return found
  }

  /** Starts the program again at another instant, on the same data and address. */
  async restart(at: string): Promise<void> {
    await this.program.stop()
    const { data, limits, log } = this
    const { listen } = this.program
    this.program = await Program.start({ data, at, limits, listen, log })
  }

  /** Ends the program and removes its data. */
  async stop(): Promise<void> {
    await this.program.stop()
    await rm(this.data, { recursive: true, force: true })
  }
}
