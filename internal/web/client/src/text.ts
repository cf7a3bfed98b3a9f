/** The language of the page, as its `lang` says. */
let english = false

/** Takes the language from the page; called once it is known. */
export function speak(lang: string): void {
  english = lang.startsWith('en')
}

/** Picks the text of the page's language. */
export function t(zh: string, en: string): string {
  return english ? en : zh
}

/** The page's language, as addresses say it. */
export function langParam(): string {
  return english ? 'en' : 'zh'
}
