import { countCharacters } from './count.ts'
import { all, button, find, make } from './dom.ts'
import { Draft, type Field } from './draft.ts'
import { Files } from './files.ts'
import { institutionList, searchBox } from './finder.ts'
import { applyLarge, rememberLarge } from './large.ts'
import { openScanned } from './receipt.ts'
import { missing, pointAt, pointAtAll } from './required.ts'
import { slipButtons } from './slip.ts'
import { Steps } from './steps.ts'
import { browserStore } from './storage.ts'
import { speak, t } from './text.ts'
import { Work } from './work.ts'

// The script stands in the head, so that nothing is shown in the wrong size
// first. Everything here only adds to a page that works without it.
const root = document.documentElement
const store = browserStore()
const worker = (document.currentScript as HTMLScriptElement | null)?.dataset.worker
speak(root.lang)
root.classList.add('js')
applyLarge(root, store)
document.addEventListener('DOMContentLoaded', start)

function start(): void {
  rememberLarge(root, store)
  const draft = new Draft(store, location.pathname, Date.now)
  draft.sweep()
  const report = find<HTMLFormElement>('form#report')
  let steps: Steps | null = null
  // What the server keeps may be gone on with elsewhere: nothing older comes back here.
  if (find('[data-kept]')) draft.clear()
  const plain = find<HTMLFormElement>('form[data-draft]')
  if (plain) keepDraft(plain, draft)
  if (report) {
    keepDraft(report, draft)
    institutionList(report)
    steps = new Steps(report)
  }
  for (const form of all<HTMLFormElement>('form[method=post]'))
    guard(form, form === report ? steps : null)
  countCharacters()
  searchBox()
  const slip = find('[data-slip]')
  if (slip) {
    if (slip.hasAttribute('data-new')) draft.clear()
    slipButtons(slip)
  }
  if (find('[data-sent]')) draft.clear()
  find('#wrong, .done')?.focus()
  openScanned()
}

/** Holds a form back until its files and its puzzle are ready, and sends it once. */
function guard(form: HTMLFormElement, steps: Steps | null): void {
  const files = Files.of(form)
  const work = steps ? new Work(form, worker) : null
  form.noValidate = true // said beside the field instead, in the page's language
  let sent = false
  form.addEventListener('submit', (e) => {
    const pressed = e.submitter as HTMLButtonElement | null
    if (pressed?.name === 'do') return
    if (sent || !filledIn(form, steps) || !arrived(files, steps) || work?.ready() === false) {
      e.preventDefault()
      return
    }
    sent = true
    for (const b of all<HTMLButtonElement>('button:not([type=button])', form))
      b.setAttribute('aria-disabled', 'true')
    const main = find('[data-send]', form)
    if (main) main.textContent = t('正在提交……', 'Sending…')
  })
  // Coming back to a page that was kept: it may be sent again.
  window.addEventListener('pageshow', () => {
    sent = false
    for (const b of all('[aria-disabled]', form)) b.removeAttribute('aria-disabled')
  })
}

/** Whether nothing is missing; where something is, leads there. */
function filledIn(form: HTMLFormElement, steps: Steps | null): boolean {
  const field = missing(form)
  if (!field) return true
  if (!steps) {
    pointAtAll(form)
    return false
  }
  steps.reveal(field)
  pointAt(field)
  return false
}

/** Whether no file holds the form back; where one does for good, leads there. */
function arrived(files: Files | null, steps: Steps | null): boolean {
  const ready = files?.ready() ?? 'yes'
  if (files && ready === 'no') steps?.reveal(files.box)
  return ready === 'yes'
}

/** Keeps what is typed on this phone, and puts it back after a reload. */
function keepDraft(form: HTMLFormElement, draft: Draft): void {
  const fields = () => [...form.elements] as unknown as Field[]
  const note = make('div', { className: 'draft', hidden: true })
  const text = make(
    'span',
    {},
    form.dataset.draft ??
      t(
        '草稿只存在这部手机上，不含姓名电话',
        'The draft stays on this phone, without name and number',
      ),
  )
  const clear = button('link', t('清除草稿', 'Clear the draft'), () => {
    draft.clear()
    form.reset()
    note.hidden = true
  })
  note.append(text, clear)
  form.append(note)
  if (!find('#wrong') && draft.restore(fields())) {
    form.prepend(note)
    note.hidden = false
    text.textContent = t('已恢复您上次没写完的内容', 'What you had not finished is back')
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    clearTimeout(timer)
    note.hidden = !draft.save(fields())
  }
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(save, 400)
  })
  window.addEventListener('pagehide', () => timer && save())
}
