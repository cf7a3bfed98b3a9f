import type { Schemas } from '@/pages/system/schemas'
import type { Answers, FormSchema } from '@/parts/answer/schema'
import { today } from '@/time/shanghai'
import { allShelved, shelve, shelved, unshelve } from './shelf'

/** What a phone takes along. */
export type Pack = Schemas['InspectionPack']
/** An open task as it is taken along. */
export type PackedTask = Schemas['InspectionPackedTask']
/** A visit as the server has it. */
export type VisitDetail = Schemas['InspectionVisitDetail']

/** A photo, and the upload that it has become. */
export interface Photo {
  name: string
  file: Blob
  upload?: string
}

/** The signature of one inspector: drawn, or the name of who hands it in. */
export interface Signed {
  file?: Blob
  upload?: string
  name?: string
  /** When, by the clock of the phone. */
  at?: string
}

/** A problem that was found. */
export interface Found {
  category?: string
  text: string
  due_on?: string
}

/** The version that is in the way, as the server tells of it. */
export interface There {
  id: string
  number: number
  by_name: string
  received_at: string
}

/** Where a visit stands, as the person sees it. */
export type Standing = 'kept' | 'waiting' | 'sent' | 'conflict' | 'refused'

/** A visit as this browser keeps it. */
export interface Visit {
  id: string
  task: PackedTask
  form: { version: number; document: FormSchema } | undefined
  basedOn: number
  reason: string
  answers: Answers
  /** Files and signatures that answers name, by what they name them by. */
  attached?: Record<string, Photo>
  photos: Photo[]
  problems: Found[]
  signatures: Record<string, Signed>
  latitude: string
  longitude: string
  beganAt: string
  endedAt: string
  /** When what is signed was changed last: no signature is older. */
  changedAt?: string
  /** Signatures were dropped because what they signed was changed. */
  unsigned?: boolean
  standing: Standing
  there?: There | undefined
  /** What the server, or the network, said when it was handed in last. */
  complaint?: string | undefined
}

const heard = new Set<() => void>()

/** Calls `tell` whenever a visit is kept otherwise; returns the function that ends it. */
export function onVisits(tell: () => void): () => void {
  heard.add(tell)
  return () => heard.delete(tell)
}

const nameOf = (task: string) => `visit/${task}`

/** Keeps a visit. Who changes it for somebody else to see says so (`tellVisits`). */
export function keepVisit(owner: string, visit: Visit): Promise<void> {
  return shelve(owner, nameOf(visit.task.id), visit)
}

/** Says that visits were changed behind the back of who shows them. */
export function tellVisits(): void {
  for (const tell of heard) tell()
}

/** The visit of a task, if one is kept. */
export function keptVisit(owner: string, task: string): Promise<Visit | undefined> {
  return shelved<Visit>(owner, nameOf(task))
}

/** The visits that are kept. */
export function keptVisits(owner: string): Promise<Visit[]> {
  return allShelved<Visit>(owner, 'visit/')
}

/** Forgets the visit of a task. */
export function dropVisit(owner: string, task: string): Promise<void> {
  return unshelve(owner, nameOf(task))
}

/** How many visits of a person the server does not have. */
export async function unsentVisits(owner: string): Promise<number> {
  if (!globalThis.indexedDB) return 0
  return (await keptVisits(owner)).filter(({ standing }) => standing !== 'sent').length
}

/** Keeps what is taken along. */
export function keepPack(owner: string, pack: Pack): Promise<void> {
  return shelve(owner, 'pack', pack)
}

/** What was taken along last. */
export function keptPack(owner: string): Promise<Pack | undefined> {
  return shelved<Pack>(owner, 'pack')
}

/** A visit of a task that begins now. */
export function begunVisit(pack: Pack, task: PackedTask): Visit {
  const form = pack.forms?.find((one) => one.id === task.form_id)
  return {
    id: newID(),
    task,
    form: form && { version: form.version, document: form.document as unknown as FormSchema },
    basedOn: task.version,
    reason: '',
    answers: {},
    photos: [],
    problems: [],
    signatures: {},
    latitude: '',
    longitude: '',
    beganAt: new Date().toISOString(),
    endedAt: '',
    standing: 'kept',
  }
}

/**
 * What a person changes of a visit, with what follows: who goes on after a refusal has something
 * that is merely kept, and nobody has signed what was changed since.
 */
export function edited(visit: Visit, part: Partial<Visit>): Partial<Visit> {
  const now = { ...part, standing: 'kept' as const }
  if (part.signatures) return { ...now, unsigned: false }
  const signed = Object.values(visit.signatures).some(hasSigned)
  return {
    ...now,
    changedAt: new Date().toISOString(),
    ...(signed && { signatures: {}, unsigned: true }),
  }
}

/** A visit that is to be handed in as the version after another: its files are sent anew. */
export function nextVersion(visit: Visit, after: number, reason: string): Visit {
  return {
    ...visit,
    ...unsentFiles(visit),
    id: newID(),
    basedOn: after,
    reason,
    there: undefined,
    complaint: undefined,
  }
}

/** The files of a visit as if none had arrived: what was not taken is sent anew. */
export function unsentFiles(visit: Visit): Pick<Visit, 'photos' | 'signatures' | 'attached'> {
  return {
    photos: visit.photos.map(({ name, file }) => ({ name, file })),
    signatures: unsent(visit.signatures),
    attached: unsent(visit.attached ?? {}),
  }
}

function unsent<T extends { upload?: string }>(files: Record<string, T>): Record<string, T> {
  const without = ({ upload: _, ...one }: T) => one as T
  return Object.fromEntries(Object.entries(files).map(([key, one]) => [key, without(one)]))
}

/** A random UUID; the browser's own function is there on secure pages only. */
export function newID(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Whether a problem should have been put right before today: the server takes no such day. */
export function isOverdue({ due_on }: Found): boolean {
  return Boolean(due_on && due_on < today())
}

/** Whether somebody has signed. */
export function hasSigned(one: Signed | undefined): boolean {
  return Boolean(one?.file || one?.name)
}
