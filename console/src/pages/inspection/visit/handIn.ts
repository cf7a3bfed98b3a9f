import { api, read } from '@/api/client'
import { type ApiProblem, asProblem } from '@/api/problem'
import { upload } from '@/api/upload'
import { translator } from '@/i18n/text'
import type { Schemas } from '@/pages/system/schemas'
import { settings } from '@/settings/settings'
import { kept, sentAs } from './attached'
import { completed } from './complete'
import {
  keepVisit,
  keptVisits,
  type Photo,
  type Signed,
  type There,
  tellVisits,
  unsentFiles,
  type Visit,
} from './visit'

/** How long it waits before it tries again: the word that the network is back may come too early. */
export const patience = 5_000

/**
 * Hands in the visits of a person that wait for it. What stops on the way goes on from there: each
 * file that has arrived is noted, and the visit has one identifier however often it is sent.
 */
export async function handInAll(owner: string): Promise<void> {
  const work = async () => {
    for (const visit of await keptVisits(owner)) {
      if (visit.standing === 'waiting') await handIn(owner, visit)
    }
  }
  // Two tabs that send the same photo would make two visits of it.
  if (!navigator.locks) return work()
  await navigator.locks.request('qingfeng.visits', { ifAvailable: true }, (lock) =>
    lock ? work() : undefined,
  )
}

async function handIn(owner: string, visit: Visit): Promise<void> {
  let now = visit
  const note = async (change: Partial<Visit>) => {
    now = { ...now, ...change }
    await keepVisit(owner, now)
    tellVisits()
  }
  try {
    const names = await completed(now)
    await note(names)
    if (names.standing) return
    await sendFiles(now, note)
    const params = { path: { id: now.task.id } }
    const sent = await read(
      api.POST('/api/v1/inspection/tasks/{id}/visits', { params, body: bodyOf(now) }),
    )
    await note({ standing: 'sent', basedOn: sent.number, complaint: undefined, there: undefined })
  } catch (error) {
    await note(refusal(now, asProblem(error)))
  }
}

/** Sends the files that have not arrived. */
async function sendFiles(visit: Visit, note: (change: Partial<Visit>) => Promise<void>) {
  const send = async <T extends { upload?: string; file?: Blob }>(one: T, name: string) =>
    one.file && !one.upload
      ? { ...one, upload: await upload(new File([one.file], name, { type: one.file.type })) }
      : undefined
  const photos = [...visit.photos]
  for (const [at, one] of photos.entries()) {
    const sent = await send<Photo>(one, one.name)
    if (!sent) continue
    photos[at] = sent
    await note({ photos: [...photos] })
  }
  const signatures = { ...visit.signatures }
  for (const [who, one] of Object.entries(signatures)) {
    const sent = await send<Signed>(one, 'signature.png')
    if (!sent) continue
    signatures[who] = sent
    await note({ signatures: { ...signatures } })
  }
  const attached = kept(visit)
  for (const [id, one] of Object.entries(attached)) {
    const sent = await send<Photo>(one, one.name)
    if (!sent) continue
    attached[id] = sent
    await note({ attached: { ...attached } })
  }
}

function bodyOf(visit: Visit): Schemas['InspectionVisitInput'] {
  return {
    id: visit.id,
    based_on: visit.basedOn,
    ...(visit.reason && { reason: visit.reason }),
    ...(visit.form && { form_version: visit.form.version, answers: sentAs(visit) }),
    problems: visit.problems.map((one) => ({
      category: one.category ?? '',
      text: one.text,
      ...(one.due_on && { due_on: one.due_on }),
    })),
    photos: visit.photos.flatMap(({ upload: name }) => (name ? [name] : [])),
    signatures: Object.entries(visit.signatures).map(([who, one]) => signatureOf(who, one)),
    ...(visit.latitude && { latitude: visit.latitude }),
    ...(visit.longitude && { longitude: visit.longitude }),
    began_at: visit.beganAt,
    ended_at: visit.endedAt,
    ...(visit.changedAt && { changed_at: visit.changedAt }),
    sent_at: new Date().toISOString(),
  }
}

function signatureOf(who: string, one: Signed): Schemas['InspectionSignature'] {
  return {
    officer_id: who,
    ...(one.upload ? { upload: one.upload } : { name: one.name ?? '' }),
    ...(one.at && { signed_at: one.at }),
  }
}

/** What a visit becomes that was not taken: nothing of it is lost. */
export function refusal(visit: Visit, problem: ApiProblem): Partial<Visit> {
  const complaint = [problem.title, problem.detail, ...problem.errors.map(({ message }) => message)]
    .filter((one, at, all) => one !== '' && all.indexOf(one) === at)
    .join(translator(settings().language)('；', '; '))
  const there = thereOf(problem)
  if (there) return { standing: 'conflict', there, complaint }
  // No answer, a server that is not well, a session that has ended: it is tried again.
  if (problem.status <= 0 || problem.status >= 500 || [401, 429].includes(problem.status)) {
    return { complaint }
  }
  // Files that did not stay are sent anew the next time.
  return {
    standing: 'refused',
    complaint,
    ...unsentFiles(visit),
  }
}

function thereOf({ status, hint }: ApiProblem): There | undefined {
  const told = typeof hint === 'object' && hint !== null && 'number' in hint
  return status === 409 && told ? (hint as There) : undefined
}
