/** The first element that matches, of the type that the caller knows it to be. */
export function find<E extends Element = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): E | null {
  return within.querySelector<E>(selector)
}

/** Every element that matches. */
export function all<E extends Element = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): E[] {
  return [...within.querySelectorAll<E>(selector)]
}

type Properties<K extends keyof HTMLElementTagNameMap> = Partial<HTMLElementTagNameMap[K]>

/** Makes an element with properties and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties<K> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

/** A button that does something in the page and sends no form. */
export function button(
  className: string,
  text: string,
  onclick: (e: Event) => void,
): HTMLButtonElement {
  return make('button', { type: 'button', className, textContent: text, onclick })
}

/** A line that screen readers read out when it changes. */
export function announcer(className = 'hint'): HTMLParagraphElement {
  const line = make('p', { className })
  line.setAttribute('role', 'status')
  return line
}
