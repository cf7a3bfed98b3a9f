/**
 * Stands in for the module with which Ant Design's parts add style elements to the document. It
 * adopts constructed style sheets instead, which `style-src 'self'` allows. Same names, same meaning.
 */

interface StyleOptions {
  attachTo?: Element | ShadowRoot
}

const sheets = new Map<string, CSSStyleSheet>()

/** Sets the styles known under this key; the element that is returned only takes the callers' marks. */
export function updateCSS(css: string, key: string, options: StyleOptions = {}): HTMLStyleElement {
  // A container outside the document says that these styles are not wanted.
  const wanted = !options.attachTo || document.contains(options.attachTo)
  if (wanted) (sheets.get(key) ?? adopt(key)).replaceSync(css)
  return document.createElement('style')
}

/** Adds styles for good. */
export function injectCSS(css: string, options?: StyleOptions): HTMLStyleElement {
  return updateCSS(css, css, options)
}

/** Takes the styles known under this key away. */
export function removeCSS(key: string): void {
  const sheet = sheets.get(key)
  if (!sheet) return
  sheets.delete(key)
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
}

/** Nothing is cached by container here. */
export function clearContainerCache(): void {}

function adopt(key: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheets.set(key, sheet)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return sheet
}
