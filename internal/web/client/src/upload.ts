import { Refused, type Wire } from './tus.ts'

/** Where an upload stands. */
export type State = 'sending' | 'paused' | 'broken' | 'done' | 'refused' | 'removed'

/** How long to wait before the nth try, in milliseconds. */
export function patience(n: number): number {
  return Math.min(1000 * 2 ** n, 30_000)
}

/**
 * One file on its way. A connection that breaks is taken up again where it
 * broke, after a pause that doubles; a person may pause it too.
 */
export class Upload {
  state: State = 'sending'
  /** Bytes that are known, or believed, to have arrived. */
  sent = 0
  /** Why the server refused it, in the server's words. */
  reason = ''

  private url = ''
  private tries = 0
  private breaker = new AbortController()
  private wake: (() => void) | null = null

  constructor(
    readonly file: Blob & { name?: string },
    private readonly wire: Wire,
    private readonly changed: (u: Upload) => void,
    private readonly later: (f: () => void, ms: number) => void = (f, ms) => setTimeout(f, ms),
  ) {}

  /** What the form sends of a file that has arrived. */
  get id(): string {
    return this.url.split('/').pop() ?? ''
  }

  /** Whether the form has to wait for it. */
  get pending(): boolean {
    return this.state === 'sending' || this.state === 'broken' || this.state === 'paused'
  }

  /** Sends the file until it is there, refused, paused or removed. */
  async run(): Promise<void> {
    while (this.pending) {
      if (this.state === 'paused') await this.woken()
      else await this.attempt()
    }
  }

  /** Stops sending until resume. */
  pause(): void {
    if (this.state !== 'sending' && this.state !== 'broken') return
    this.to('paused')
    this.breaker.abort()
    this.wake?.()
  }

  /** Goes on at once, also where a broken connection waits for its next try. */
  resume(): void {
    if (this.state !== 'paused' && this.state !== 'broken') return
    this.tries = 0
    this.to('sending')
    this.wake?.()
  }

  /** Goes on where a broken connection waits, and leaves a person's pause alone. */
  resumeIfBroken(): void {
    if (this.state === 'broken') this.resume()
  }

  /** Takes the file back. */
  async remove(): Promise<void> {
    this.to('removed')
    this.breaker.abort()
    this.wake?.()
    // An upload that nobody claims expires in any case.
    if (this.url) await this.wire.discard(this.url).catch(() => undefined)
  }

  private async attempt(): Promise<void> {
    try {
      await this.send()
      if (this.state === 'sending') this.to('done')
    } catch (reason) {
      if (this.state !== 'sending') return
      if (reason instanceof Refused) {
        this.reason = reason.message
        this.to('refused')
        return
      }
      this.to('broken')
      this.later(() => this.wake?.(), patience(this.tries++))
      await this.woken()
      // Whoever woke it may have paused or removed it.
      if ((this.state as State) === 'broken') this.to('sending')
    }
  }

  private async send(): Promise<void> {
    this.breaker = new AbortController()
    const known = this.url === '' ? null : await this.wire.offset(this.url)
    if (known === null) this.url = await this.wire.create(this.file)
    const from = known ?? 0
    this.progress(from)
    if (from < this.file.size && this.state === 'sending') {
      const part = this.file.slice(from)
      await this.wire.send(
        this.url,
        part,
        from,
        (n) => this.progress(from + n),
        this.breaker.signal,
      )
    }
    if (this.state === 'sending') this.progress(this.file.size)
  }

  private progress(sent: number): void {
    if (sent > this.sent) this.tries = 0
    this.sent = sent
    this.changed(this)
  }

  private woken(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = () => {
        this.wake = null
        resolve()
      }
    })
  }

  private to(state: State): void {
    this.state = state
    this.changed(this)
  }
}
