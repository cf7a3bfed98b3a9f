import type { Text } from '@/i18n/text'
import type { CaseDetail } from './caseApi'
import { stepSpecs } from './steps'
import { type Words, wordOf } from './words'

/** What a person may do with a case now: the one thing that comes next, and the rest. */
export interface Steps {
  primary: string | undefined
  more: string[]
}

/** What is worth the primary button, the first that is possible and due. */
const forward = [
  'accept',
  'dispatch',
  'dispose',
  'sign',
  'assign',
  'contact',
  'message',
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
export function nameOf(detail: CaseDetail | undefined, events: Words, subject = ''): Text {
  const [name = ''] = subject.split('.')
  return detail?.actions.find((action) => action.name === name)?.text ?? wordOf(events, name)
}

/**
 * Sorts what the server offers into the one next step of a person's unit and the others; the
 * dialogue has a form of its own on the page.
 */
export function stepsOf(detail: CaseDetail, unit?: string): Steps {
  const offered = detail.actions
    .map((action) => action.name)
    .filter((name) => Object.hasOwn(stepSpecs, name))
  const primary = forward.find((name) => offered.includes(name) && isDue(detail, name, unit))
  return { primary, more: offered.filter((name) => name !== primary && name !== 'message') }
}

/**
 * A clue is decided on once before anything else; who coordinates for a unit gives the case to
 * somebody before it is worked on; the first contact is made once, in writing where the reporter
 * can be reached in no other way.
 */
function isDue(detail: CaseDetail, name: string, unit: string | undefined): boolean {
  const { contacted_at, mode, state } = detail.case
  const parts = detail.assignments.filter((part) => !part.ended_at)
  switch (name) {
    case 'dispose':
      return detail.dispositions.length === 0
    case 'assign':
      return parts.some(
        (part) =>
          unit !== undefined && part.unit_id === unit && !part.handler && !part.handler_unit,
      )
    case 'contact':
      return contacted_at === undefined
    case 'message':
      return (
        mode === 'anonymous' &&
        contacted_at === undefined &&
        state === 'handling' &&
        offers(detail, 'submit')
      )
    default:
      return true
  }
}
