import type { Can } from '@/api/useCan'
import type { CaseDetail } from './caseApi'
import { stepSpecs } from './steps'

/** What a person may do with a case now: the one thing that comes next, and the rest. */
export interface Steps {
  primary: string | undefined
  more: string[]
}

const openStates = ['received', 'accepted', 'dispatched', 'handling', 'reviewing', 'calling']

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

/** Sorts what the server allows into the one next step and the others. */
export function stepsOf(detail: CaseDetail, can: Can): Steps {
  const offered = offeredBy(detail, can).filter((name) => Object.hasOwn(stepSpecs, name))
  const next = forward.find((name) => offered.includes(name) && isDue(detail, name))
  return { primary: next, more: offered.filter((name) => name !== next) }
}

/** The server's list, and the steps that follow from it but have no name of their own there. */
function offeredBy(detail: CaseDetail, can: Can): string[] {
  const { state, route } = detail.case
  const named = detail.actions.map((action) => action.name)
  const open = openStates.includes(state)
  const more: [string, boolean][] = [
    ['callback', state === 'calling' && named.includes('close')],
    ['opinion', helps(detail) && named.includes('sign') && !named.includes('submit')],
    ['dispose', open && route === 'integrity' && can('integrity.handle')],
    ['keep_out', open && can('case.triage')],
  ]
  const unsigned = detail.assignments.some((one) => !one.ended_at && !one.signed_at)
  return [
    ...named.filter((name) => name !== 'sign' || unsigned),
    ...more.filter(([, offered]) => offered).map(([name]) => name),
  ]
}

function helps(detail: CaseDetail): boolean {
  return detail.assignments.some((one) => one.part === 'assist' && !one.ended_at)
}

/** A case is contacted first and submitted then; the first contact is made once. */
function isDue(detail: CaseDetail, name: string): boolean {
  return name !== 'contact' || detail.case.contacted_at === undefined
}
