import { useQuery } from '@tanstack/react-query'
import { type Task, taskQuery } from '@/pages/inspection/inspectionApi'
import { type ProblemDetail, problemQuery } from '@/pages/rectify/rectifyApi'
import { showInstant } from '@/time/shanghai'
import type { Origin } from './origin'

/** What a penalty is filed with for what another record found: nothing where it has none, undefined until it is read. */
export function useFound(origin: Origin | undefined): object | undefined {
  const of = (source: string) => (origin?.source === source ? origin.source_id : undefined)
  const problem = of('problem')
  const task = of('inspection')
  const found = useQuery({ ...problemQuery(problem ?? ''), enabled: problem !== undefined })
  const inspected = useQuery({ ...taskQuery(task ?? ''), enabled: task !== undefined })
  if (found.isLoading || inspected.isLoading) return undefined
  if (problem && found.data) return byProblem(found.data)
  if (task && inspected.data) return byTask(inspected.data)
  return {}
}

function byProblem(one: ProblemDetail): object {
  return {
    subject: institution(one.unit_id),
    violations: [one.category],
    facts: one.description,
    found_on: showInstant(one.found_on, 'date'),
  }
}

function byTask(task: Task): object {
  const problems = task.problems ?? []
  return {
    subject: institution(task.unit_id),
    violations: [...new Set(problems.map((one) => one.category))],
    facts: problems.map((one) => one.text).join('\n'),
    ...(task.inspected_at && { found_on: showInstant(task.inspected_at, 'date') }),
    officers: (task.team ?? []).map((one) => ({ name: one.name, certificate: one.cert_no })),
  }
}

function institution(unit: string): object {
  return { kind: 'institution', ...(unit && { unit_id: unit }) }
}
