import { useRef } from 'react'

/**
 * Does nothing while an earlier call is under way: who presses twice wants it once. A
 * button that is greyed out is so only from the next drawing on, which is too late for
 * two presses at once. What fails is told by whoever gave the action.
 */
export function useOnce<A extends unknown[]>(
  action: (...args: A) => Promise<unknown>,
): (...args: A) => void {
  const busy = useRef(false)
  const over = () => {
    busy.current = false
  }
  return (...args) => {
    if (busy.current) return
    busy.current = true
    action(...args).then(over, over)
  }
}
