import type { Text } from '@/i18n/text'
import type { CaseDetail } from './caseApi'
import { stepSpecs } from './steps'
import { stepName } from './words'

/** What a person may do with a case now: the one thing that comes next, and the rest. */
export interface Steps {
  primary: string | undefined
  more: string[]
}

/** What is worth the primary button, the first that is possible. */
const forward = [
  'accept',
  'dispatch',
  'sign',
  'contact',
  'submit',
  'opinion',
  'approve',
  'callback',
]

/** Whether the server offers this to the person now. */
export function offers(detail: CaseDetail, name: string): boolean {
  return detail.actions.some((action) => action.name === name)
}

/** What the server calls a step; one that it no longer offers by what is said once it is taken. */
export function nameOf(detail: CaseDetail | undefined, subject = ''): Text {
  const [name = ''] = subject.split('.')
  return detail?.actions.find((action) => action.name === name)?.text ?? stepName(name)
}

/** Sorts what the server offers into the one next step and the others. */
export function stepsOf(detail: CaseDetail): Steps {
  const offered = detail.actions
    .map((action) => action.name)
    .filter((name) => Object.hasOwn(stepSpecs, name))
  const primary = forward.find((name) => offered.includes(name) && isDue(detail, name))
  return { primary, more: offered.filter((name) => name !== primary) }
}

/** A case is contacted first and submitted then; the first contact is made once. */
function isDue(detail: CaseDetail, name: string): boolean {
  return name !== 'contact' || detail.case.contacted_at === undefined
}
