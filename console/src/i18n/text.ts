/** The languages of the console; Chinese is the first. */
export type Language = 'zh' | 'en'

/** One human text in both languages, for lists that are declared outside components. */
export interface Text {
  zh: string
  en: string
}

/** Pairs a text in place: `text('导出', 'Export')`. */
export function text(zh: string, en: string): Text {
  return { zh, en }
}

/** Picks a language, either from a pair in place or from a declared `Text`. */
export interface Translate {
  (zh: string, en: string): string
  (pair: Text): string
}

/** Returns the translator of one language. */
export function translator(language: Language): Translate {
  return (first: string | Text, en?: string): string => {
    const pair = typeof first === 'string' ? { zh: first, en: en ?? first } : first
    return pair[language]
  }
}

/** The value of `Accept-Language` that asks the server for this language. */
export function languageTag(language: Language): 'zh-CN' | 'en' {
  return language === 'zh' ? 'zh-CN' : 'en'
}
