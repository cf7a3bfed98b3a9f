import type { Store } from './storage.ts'

/** What of a field a draft needs: every input, text area and list has it. */
export type Field = {
  name: string
  type: string
  value: string
  checked?: boolean
}

const prefix = 'qf.draft:'
const lifetime = 7 * 24 * 60 * 60 * 1000

/** Who reports is in no draft: a phone may be lent, and a name is typed soon. */
const never = ['reporter_name', 'reporter_phone', 'do', 'upload', 'files']
const silent = ['hidden', 'file', 'submit', 'button', 'password']
const ticked = ['radio', 'checkbox']

type Saved = { at: number; values: [name: string, value: string][] }

/** A form's draft: texts and choices on this phone, for a week at most. */
export class Draft {
  private readonly key: string

  /** The page's path tells drafts of different places apart. */
  constructor(
    private readonly store: Store,
    path: string,
    private readonly now: () => number,
  ) {
    this.key = prefix + path
  }

  /** Remembers what the fields hold; nothing typed is nothing to remember. */
  save(fields: Field[]): boolean {
    const values = fields.filter(kept).map((f): [string, string] => [f.name, f.value])
    if (!fields.some((f) => kept(f) && typed(f))) {
      this.clear()
      return false
    }
    this.store.set(this.key, JSON.stringify({ at: this.now(), values } satisfies Saved))
    return true
  }

  /**
   * Puts a draft back into fields that nobody has touched. Reports whether
   * there was one.
   */
  restore(fields: Field[]): boolean {
    const saved = this.read()
    if (!saved || fields.some((f) => kept(f) && typed(f))) return false
    for (const f of fields.filter(keepable)) {
      const values = saved.values.filter(([name]) => name === f.name).map(([, value]) => value)
      if (ticked.includes(f.type)) {
        f.checked = values.length > 0 ? values.includes(f.value) : f.checked
      } else if (values[0] !== undefined) {
        f.value = values[0]
      }
    }
    return true
  }

  /** Forgets the draft. */
  clear(): void {
    this.store.remove(this.key)
  }

  /** Forgets every draft of this phone that is older than a week. */
  sweep(): void {
    for (const key of this.store.keys().filter((k) => k.startsWith(prefix))) {
      if (!readSaved(this.store.get(key), this.now())) this.store.remove(key)
    }
  }

  private read(): Saved | null {
    return readSaved(this.store.get(this.key), this.now())
  }
}

function keepable(f: Field): boolean {
  return f.name !== '' && !silent.includes(f.type) && !never.includes(f.name)
}

function kept(f: Field): boolean {
  return keepable(f) && (ticked.includes(f.type) ? f.checked === true : f.value !== '')
}

/** A choice that the page makes by itself is not something a person typed. */
function typed(f: Field): boolean {
  return f.name !== 'mode' && f.name !== 'region' && f.name !== 'find' && f.name !== 'institution'
}

function readSaved(text: string | null, now: number): Saved | null {
  if (text === null) return null
  try {
    const saved = JSON.parse(text) as Saved
    return now - saved.at < lifetime && Array.isArray(saved.values) ? saved : null
  } catch {
    return null
  }
}
