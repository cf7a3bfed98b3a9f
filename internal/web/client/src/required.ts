import { all, find, make } from './dom.ts'
import { t } from './text.ts'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** The first field below an element that must be filled in and is not. */
export function missing(within: ParentNode): Control | null {
  return find<Control>(':is(input, select, textarea):invalid', within)
}

/** Says of every field of a page that is missing, and leads to the first one. */
export function pointAtAll(within: ParentNode): void {
  const first = missing(within)
  const said = new Set<string>()
  for (const field of all<Control>(':is(input, select, textarea):invalid', within)) {
    if (!said.has(field.name)) pointAt(field)
    said.add(field.name)
  }
  first?.focus()
}

/** Says beside a field that it is missing, and leads there. */
export function pointAt(field: Control): void {
  const id = `e-${field.name}`
  if (!document.getElementById(id)) {
    const line = make('p', { className: 'wrong', id }, words(field))
    const box = field.closest('.field, .choices') ?? document.getElementById(`f-${field.name}`)
    const title = box && find(':scope > label, :scope > legend', box)
    if (box?.matches('.choices')) box.before(line)
    else if (title) title.after(line)
    else box?.prepend(line)
    field.setAttribute(
      'aria-describedby',
      [id, field.getAttribute('aria-describedby') ?? ''].join(' ').trim(),
    )
    const done = () => {
      line.remove()
      field.removeAttribute('aria-invalid')
    }
    box?.addEventListener('input', done, { once: true })
  }
  field.setAttribute('aria-invalid', 'true')
  field.focus()
}

/** In the words of the server, which asks for the same. */
function words({ name, type }: Control): string {
  switch (name) {
    case 'category':
      return t('请选择要反映的类别', 'Please choose what it is about')
    case 'narrative':
      return t('请写下发生了什么', 'Please say what happened')
    case 'receipt':
      return t('请输入 16 位回执号', 'Please type the sixteen digits')
    default:
      return type === 'radio'
        ? t('请选一个答案', 'Please choose an answer')
        : t('请填写内容', 'Please write something')
  }
}
