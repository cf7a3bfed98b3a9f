import { all, button, find, make } from './dom.ts'
import { missing, pointAt } from './required.ts'
import { t } from './text.ts'

const small = '(max-width: 40rem)'

/**
 * Shows a form one step at a time on a small screen. Nothing is taken out of
 * the form: steps are hidden, and on a large screen all are shown.
 */
export class Steps {
  private readonly steps: HTMLElement[]
  private readonly stage = make('p', { className: 'stage' })
  private readonly bar = make('progress', { className: 'bar' })
  private now = 0

  constructor(private readonly form: HTMLFormElement) {
    this.steps = all('.step', form)
    const heading = make('div', { className: 'stages' }, this.stage, this.bar)
    this.bar.max = this.steps.length
    this.bar.setAttribute('aria-hidden', 'true') // the line above says the same
    form.prepend(heading)
    for (const [i, step] of this.steps.entries()) this.furnish(step, i)
    const screen = window.matchMedia(small)
    screen.addEventListener('change', () => this.walk(screen.matches))
    this.now = this.firstWrong()
    this.walk(screen.matches)
    history.replaceState({ step: this.now }, '')
    window.addEventListener('popstate', (e) =>
      this.go((e.state as { step?: number } | null)?.step ?? 0),
    )
    form.addEventListener('keydown', (e) => this.enter(e))
  }

  private get walking(): boolean {
    return this.form.classList.contains('stepping')
  }

  private get last(): boolean {
    return this.now === this.steps.length - 1
  }

  private walk(on: boolean): void {
    this.form.classList.toggle('stepping', on)
    this.show()
  }

  /** Gives a step its buttons, and lets a tap on a card lead on. */
  private furnish(step: HTMLElement, i: number): void {
    const buttons: HTMLElement[] = []
    if (i > 0) buttons.push(button('button quiet', t('上一步', 'Back'), () => this.back()))
    if (i < this.steps.length - 1)
      buttons.push(button('button next', t('下一步', 'Next'), () => this.next()))
    step.append(make('div', { className: 'walk' }, ...buttons))
    for (const card of all<HTMLInputElement>('.card input', step)) {
      // Arrow keys move between cards with clicks of no detail: only a tap leads on.
      card.addEventListener('click', (e) => {
        if (this.walking && e.detail > 0 && card.value !== 'Z') this.next()
      })
    }
  }

  private next(): void {
    if (!this.complete()) return
    history.pushState({ step: this.now + 1, walked: true }, '')
    this.go(this.now + 1)
  }

  private back(): void {
    if ((history.state as { walked?: boolean } | null)?.walked) history.back()
    else this.go(this.now - 1)
  }

  /** Whether the step is filled in; what is missing is said beside it. */
  private complete(): boolean {
    const field = missing(this.steps[this.now] ?? this.form)
    if (field) pointAt(field)
    return !field
  }

  private go(step: number): void {
    this.now = Math.min(Math.max(step, 0), this.steps.length - 1)
    this.show()
    if (!this.walking) return
    const heading = this.steps[this.now]?.querySelector<HTMLElement>('h2')
    heading?.setAttribute('tabindex', '-1')
    heading?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }

  private show(): void {
    for (const [i, step] of this.steps.entries()) step.classList.toggle('now', i === this.now)
    this.form.classList.toggle('last', this.last)
    this.bar.value = this.now + 1
    const [n, of] = [this.now + 1, this.steps.length]
    this.stage.textContent = t(`第 ${n} 步，共 ${of} 步`, `Step ${n} of ${of}`)
    const title = find('h1')
    title?.classList.toggle('unseen', this.walking && this.now > 0)
    document.body.classList.toggle('further', this.walking && this.now > 0)
  }

  private firstWrong(): number {
    const wrong = this.steps.findIndex((step) => find('.wrong', step))
    if (wrong >= 0) return wrong
    return find('#wrong') ? this.steps.length - 1 : 0
  }

  /** Brings the step of a field onto the screen. */
  reveal(field: Element): void {
    const step = this.steps.findIndex((s) => s.contains(field))
    if (step >= 0 && this.walking && step !== this.now) this.go(step)
  }

  /** Enter leads to the next step; only the last one sends. */
  private enter(e: KeyboardEvent): void {
    const field = e.target as Element
    if (e.key !== 'Enter' || e.isComposing || !this.walking || this.last || !field.matches('input'))
      return
    e.preventDefault()
    this.next()
  }
}
