const prefix = 'qingfeng.draft.'

/** What a person has typed into a form and not sent yet. */
export type Draft = Record<string, unknown>

/**
 * The drafts of one person in this tab. They live in the tab's session storage: they outlast a
 * reload and an expired session, and end with the tab.
 */
export class Drafts {
  constructor(private readonly owner: string) {}

  /** What was typed into this form, or undefined. */
  read(form: string): Draft | undefined {
    const stored = sessionStorage.getItem(this.key(form))
    if (stored === null) return undefined
    try {
      return JSON.parse(stored) as Draft
    } catch {
      return undefined // Not ours; the form starts empty.
    }
  }

  /** Keeps what was typed; a full storage only costs the draft. */
  keep(form: string, values: Draft): void {
    try {
      sessionStorage.setItem(this.key(form), JSON.stringify(values))
    } catch {
      this.drop(form)
    }
  }

  /** Forgets the draft of this form. */
  drop(form: string): void {
    sessionStorage.removeItem(this.key(form))
  }

  /** Forgets what anyone else typed in this tab. */
  dropOthers(): void {
    dropDrafts((key) => !key.startsWith(this.key('')))
  }

  private key(form: string): string {
    return `${prefix}${this.owner}.${form}`
  }
}

/** Forgets every draft of this tab, or those whose storage key is meant. */
export function dropDrafts(meant: (key: string) => boolean = () => true): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix) && meant(key)) sessionStorage.removeItem(key)
  }
}
