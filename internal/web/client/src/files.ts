import { announcer, button, find, make } from './dom.ts'
import { canRecord, recorder } from './record.ts'
import { t } from './text.ts'
import { serverWire } from './tus.ts'
import { Upload } from './upload.ts'

const endpoint = '/api/v1/uploads'
const most = 20

/** The files of one form: picked or recorded, sent at once, listed below. */
export class Files {
  private readonly uploads: Upload[] = []
  private readonly list: HTMLElement
  private readonly line = announcer()
  private readonly input: HTMLInputElement
  private waiting = false

  /** Takes over a form's file picker; null where the form has none. */
  static of(form: HTMLFormElement): Files | null {
    const box = find('[data-uploads]', form)
    const input = box && find<HTMLInputElement>('input[type=file]', box)
    const list = box && find('.files', box)
    return box && input && list ? new Files(form, box, input, list) : null
  }

  private constructor(
    private readonly form: HTMLFormElement,
    readonly box: HTMLElement,
    input: HTMLInputElement,
    list: HTMLElement,
  ) {
    this.input = input
    this.list = list
    const pick = make(
      'label',
      { className: 'button quiet', htmlFor: input.id },
      t('选择照片、视频、文件', 'Choose files'),
    )
    const picks = make('div', { className: 'picks' }, pick)
    if (canRecord()) picks.append(recorder((f) => this.add(f)))
    input.after(picks)
    box.append(this.line)
    input.addEventListener('change', () => this.picked())
    window.addEventListener('online', () => {
      for (const u of this.uploads) u.resumeIfBroken()
    })
  }

  /**
   * Whether the form may go now. While files are on their way it is sent once
   * they are there; where one is paused or was refused, a person decides first.
   */
  ready(): 'yes' | 'soon' | 'no' {
    const open = this.uploads.filter((u) => u.pending || u.state === 'refused')
    if (open.length === 0) return 'yes'
    this.waiting = open.every((u) => u.state === 'sending' || u.state === 'broken')
    this.line.textContent = this.waiting
      ? t(
          '附件还在上传，传完自动提交……',
          'Files are still on their way; it is sent when they are there…',
        )
      : t(
          '有附件没有传上来：请继续上传或移除，再提交',
          'A file is not here: please resume or remove it, then send again',
        )
    return this.waiting ? 'soon' : 'no'
  }

  private picked(): void {
    for (const file of this.input.files ?? []) this.add(file)
    this.input.value = '' // what is sent already must not go with the form once more
  }

  private add(file: File): void {
    if (this.list.childElementCount >= most) {
      this.line.textContent = t(`最多 ${most} 个附件`, `At most ${most} files`)
      return
    }
    const row = new Row(file)
    const upload = new Upload(file, serverWire(endpoint), (u) => {
      row.show(u)
      this.settled()
    })
    row.control(upload)
    this.uploads.push(upload)
    this.list.append(row.element)
    void upload.run()
  }

  private settled(): void {
    const open = this.uploads.some((u) => u.pending || u.state === 'refused')
    if (!open || !this.waiting) this.line.textContent = ''
    if (open || !this.waiting) return
    this.waiting = false
    this.form.requestSubmit()
  }
}

/** One line of the list of files. */
class Row {
  readonly element = make('li')
  private readonly bar = make('progress', { max: 100 })
  private readonly status = announcer()
  private readonly toggle = button('link', '', () => undefined)
  private readonly name: string

  constructor(file: File) {
    this.name = file.name
    const title = make('span', {}, `${file.name} `, make('small', {}, size(file.size)))
    const line = make('div', { className: 'line' }, title, make('span', {}, this.toggle))
    this.bar.setAttribute('aria-label', file.name)
    this.element.append(line, this.bar, this.status)
    if (file.type.startsWith('audio/')) {
      this.element.append(make('audio', { controls: true, src: URL.createObjectURL(file) }))
    }
  }

  control(upload: Upload): void {
    const remove = button('link', t('移除', 'Remove'), () => {
      void upload.remove()
      this.element.remove()
    })
    remove.setAttribute('aria-label', t(`移除 ${this.name}`, `Remove ${this.name}`))
    this.toggle.onclick = () => (upload.state === 'sending' ? upload.pause() : upload.resume())
    this.toggle.after(remove)
    this.show(upload)
  }

  show(upload: Upload): void {
    const { state, file } = upload
    this.bar.value = file.size ? (100 * upload.sent) / file.size : 0
    this.bar.hidden = state === 'done' || state === 'refused'
    this.toggle.hidden = !upload.pending
    this.toggle.textContent = state === 'sending' ? t('暂停', 'Pause') : t('继续', 'Resume')
    const said = words(upload)
    if (this.status.textContent !== said) this.status.textContent = said
    if (state === 'done') this.keep(upload)
  }

  private keep(upload: Upload): void {
    if (find('input', this.element)) return
    this.element.append(
      make('input', { type: 'hidden', name: 'upload', value: `${upload.id} ${this.name}` }),
    )
  }
}

function words(u: Upload): string {
  switch (u.state) {
    case 'paused':
      return t('已暂停', 'Paused')
    case 'broken':
      return t('网络断了，会自动接着传', 'The connection broke; it goes on by itself')
    case 'done':
      return t('已传好', 'Uploaded')
    case 'refused':
      return u.reason || t('没有收下这个文件', 'This file was not taken')
    default:
      return t('正在上传', 'On its way')
  }
}

/** A number of bytes as people write it. */
export function size(bytes: number): string {
  if (bytes < 1 << 20) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  return `${(bytes / (1 << 20)).toFixed(1)} MB`
}
