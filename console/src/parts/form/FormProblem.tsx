import { asProblem } from '@/api/problem'
import { ProblemAlert } from '../feedback/ProblemAlert'
import { type FieldPath, placeErrors } from './placeErrors'

interface FormProblemProps {
  error: unknown
  /** The fields that the form shows, where complaints may stand already. */
  fields: FieldPath[]
}

/** What a refusal says beyond what already stands at the fields; nothing when that is all. */
export function FormProblem({ error, fields }: FormProblemProps) {
  const problem = asProblem(error)
  const placed = placeErrors(problem, fields)
  const atFields = placed.fields.flatMap((field) => field.errors)
  const allSaid = placed.rest.length === 0 && !problem.detail && atFields.length > 0
  return allSaid ? null : <ProblemAlert error={problem} more={placed.rest} />
}
