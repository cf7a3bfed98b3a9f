import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormInstance } from 'antd'
import { asProblem } from '@/api/problem'
import type { Drafts } from './draft'
import { placeErrors } from './placeErrors'
import { useOnce } from './useOnce'

interface SubmitOptions<V, R> {
  name: string
  form: FormInstance<V>
  drafts: Drafts
  submit: (values: V) => Promise<R>
  onDone?: ((result: R) => void) | undefined
}

/** Sends a form: its draft goes only once the server has accepted, refusals land at their fields. */
export function useSubmit<V, R>({ name, form, drafts, submit, onDone }: SubmitOptions<V, R>) {
  const client = useQueryClient()
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: submit,
    // What was said of the last try is over, at fields too that were mended by way of others.
    onMutate: () =>
      form.setFields(registeredPaths(form).map((name) => ({ name, errors: [] })) as never),
    onSuccess: async (result) => {
      drafts.drop(name)
      // The form closes over what is true now: no step is offered that has just been taken.
      await client.invalidateQueries()
      onDone?.(result)
    },
    onError: (error) => {
      const problem = asProblem(error)
      const { fields } = placeErrors(problem, registeredPaths(form))
      form.setFields(fields as Parameters<typeof form.setFields>[0])
      const first = fields[0]
      if (first) form.scrollToField(first.name as never, { block: 'center' })
      // Someone else changed the record meanwhile: show what it is now beside what was typed.
      if (problem.status === 409) client.invalidateQueries()
    },
  })
  return { send: useOnce<[V]>(mutateAsync), isPending, error }
}

/** The paths of all fields that the form shows now. */
export function registeredPaths<V>(form: FormInstance<V>) {
  return form.getFieldsError().map((field) => field.name)
}
