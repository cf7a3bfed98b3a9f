import { api, read } from '@/api/client'
import { translator } from '@/i18n/text'

import { type Field, fieldsOf } from '@/parts/answer/schema'
import { forNow } from '@/parts/fields/supplies'
import { settings } from '@/settings/settings'
import type { Visit } from './visit'

/**
 * What becomes of a visit in which names stand for now: each that is the name of exactly one gets
 * its identifier. With one that is not, the visit goes back to the person, and keeps the name.
 */
export async function completed(visit: Visit): Promise<Partial<Visit>> {
  if (!visit.form) return {}
  const answers = { ...visit.answers }
  const unknown: string[] = []
  for (const field of fieldsOf(visit.form.document)) {
    const name = forNow(answers[field.id])
    if (name === undefined) continue
    const found = (await search(field, name)).filter((one) => one.name === name)
    if (found.length === 1) answers[field.id] = found[0]?.id
    else unknown.push(name)
  }
  if (unknown.length === 0) return { answers }
  const t = translator(settings().language)
  const names = unknown.join(t('、', ', '))
  return {
    answers,
    standing: 'refused',
    complaint: t(
      `名录中没有，或不止一个：${names}。请在检查表中重新选定`,
      `Nothing or more than one has the name: ${names}. Choose it in the checklist`,
    ),
  }
}

async function search(field: Field, name: string): Promise<{ id: string; name: string }[]> {
  const params = { query: { limit: 50, q: name } }
  return field['x-kind'] === 'institution'
    ? (await read(api.GET('/api/v1/org/institutions', { params }))).items
    : (await read(api.GET('/api/v1/org/places', { params }))).items
}
