import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { ReactNode } from 'react'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { useOnce } from '@/parts/form/useOnce'

/** Does one thing without a form: says that it is done, or why it is not. */
export function useSaving(
  action: () => Promise<unknown>,
  done: string,
): { save: () => void; busy: boolean; problem: ReactNode } {
  const { message } = App.useApp()
  const queries = useQueryClient()
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: action,
    onSettled: () => queries.invalidateQueries(),
    onSuccess: () => message.success(done),
  })
  return {
    save: useOnce(() => mutateAsync()),
    busy: isPending,
    problem: error && <ProblemAlert error={error} />,
  }
}
