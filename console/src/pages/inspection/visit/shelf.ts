/**
 * What this browser keeps of people's visits, whether there is a network or not: rows of IndexedDB
 * under the person whose they are. Who signs out leaves nothing behind.
 */
const database = 'qingfeng.visits'
const rows = 'rows'

function opened(): Promise<IDBDatabase> {
  const asked = indexedDB.open(database, 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore(rows)
  return answerOf(asked)
}

function answerOf<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
}

async function inStore<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await opened()
  try {
    const work = db.transaction(rows, mode)
    const done = new Promise<void>((resolve, reject) => {
      work.oncomplete = () => resolve()
      work.onerror = () => reject(work.error)
      work.onabort = () => reject(work.error)
    })
    const answer = await answerOf(ask(work.objectStore(rows)))
    // Written is what the disk has, not what was asked for.
    await done
    return answer
  } finally {
    db.close()
  }
}

let last: Promise<unknown> = Promise.resolve()

/** Writes one thing after the other: what was typed last is what stays. */
function write(ask: (store: IDBObjectStore) => IDBRequest): Promise<void> {
  const done = last.then(() => inStore('readwrite', ask))
  last = done.catch(() => undefined)
  return done
}

/** Keeps something of a person under a name. */
export function shelve(owner: string, name: string, value: unknown): Promise<void> {
  return write((store) => store.put(value, [owner, name]))
}

/** What is kept of a person under a name. */
export async function shelved<T>(owner: string, name: string): Promise<T | undefined> {
  return (await inStore('readonly', (store) => store.get([owner, name]))) as T | undefined
}

/** All that is kept of a person under names that begin so. */
export async function allShelved<T>(owner: string, prefix: string): Promise<T[]> {
  const range = IDBKeyRange.bound([owner, prefix], [owner, `${prefix}\uffff`])
  return (await inStore('readonly', (store) => store.getAll(range))) as T[]
}

/** Forgets what is kept of a person under a name. */
export function unshelve(owner: string, name: string): Promise<void> {
  return write((store) => store.delete([owner, name]))
}

/** Forgets all that is kept of a person. */
export async function clearShelf(owner: string): Promise<void> {
  if (!globalThis.indexedDB) return
  await write((store) => store.delete(IDBKeyRange.bound([owner], [owner, []])))
}
