import { announcer, find } from './dom.ts'
import { t } from './text.ts'

/**
 * Solves the puzzle that a flooded place asks for, in the background, and sends
 * the form by itself once it was refused for lack of a solution.
 */
export class Work {
  private solved: Promise<void> | null = null
  private done = false
  private readonly form: HTMLFormElement
  private readonly line = announcer('note')

  constructor(form: HTMLFormElement, worker: string | undefined) {
    this.form = form
    const { challenge, bits } = form.dataset
    if (!worker || !challenge || !Number(bits)) return
    this.solved = this.solve(worker, challenge, Number(bits))
    const flooded = find('[data-flooded]')
    if (flooded) {
      this.say(t('正在自动验证，马上为您提交……', 'A short check; your report is sent in a moment…'))
      flooded.replaceWith(this.line)
      this.solved.then(() => form.requestSubmit())
    }
  }

  /** Whether the form may go now. When not, it is sent as soon as it may. */
  ready(): boolean {
    if (!this.solved || this.done) return true
    this.say(
      t(
        '正在验证，请稍候，完成后自动提交……',
        'A short check; your report is sent when it is done…',
      ),
    )
    find('.send', this.form)?.append(this.line)
    this.solved.then(() => this.form.requestSubmit())
    return false
  }

  private say(text: string): void {
    this.line.textContent = text
  }

  private solve(address: string, challenge: string, bits: number): Promise<void> {
    const worker = new Worker(address)
    return new Promise((resolve) => {
      const finish = () => {
        this.done = true
        worker.terminate()
        resolve()
      }
      worker.onmessage = (e: MessageEvent<string>) => {
        this.fill('challenge', challenge)
        this.fill('counter', e.data)
        this.line.remove()
        finish()
      }
      // Without a solution the server says what to do.
      worker.onerror = finish
      worker.postMessage({ challenge, bits })
    })
  }

  private fill(name: string, value: string): void {
    const input = find<HTMLInputElement>(`input[name=${name}]`, this.form)
    if (input) input.value = value
  }
}
