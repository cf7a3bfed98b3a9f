import { all, announcer } from './dom.ts'
import { t } from './text.ts'

/** What stands beside a text of a length: nothing while there is plenty of room. */
export function room(length: number, most: number): { text: string; over: boolean } {
  if (length > most) {
    const over = length - most
    return { text: t(`多了 ${over} 个字`, `${over} characters too many`), over: true }
  }
  if (length < most * 0.8) return { text: '', over: false }
  return {
    text: t(`还能写 ${most - length} 个字`, `${most - length} characters left`),
    over: false,
  }
}

/** The server counts characters, not UTF-16 units. */
export function characters(text: string): number {
  return [...text].length
}

/** Says how much room a long text has left. Nothing is ever cut off. */
export function countCharacters(): void {
  for (const area of all<HTMLTextAreaElement>('textarea[data-most]')) {
    const line = announcer('hint count')
    area.after(line)
    const show = () => {
      const { text, over } = room(characters(area.value), Number(area.dataset.most))
      if (line.textContent !== text) line.textContent = text
      line.classList.toggle('over', over)
    }
    area.addEventListener('input', show)
    show()
  }
}
