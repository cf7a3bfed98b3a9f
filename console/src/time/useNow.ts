import { createContext, useContext, useEffect, useState } from 'react'
import { serverNow } from './serverClock'

const everyMs = 30_000

/** Where the current time comes from; tests put a fixed clock here. */
export const ClockContext = createContext<() => number>(serverNow)

/** Milliseconds since 1970 UTC by the clock of the server, renewed twice a minute. */
export function useNow(): number {
  const clock = useContext(ClockContext)
  const [now, setNow] = useState(clock)
  useEffect(() => {
    const timer = window.setInterval(() => setNow(clock()), everyMs)
    return () => window.clearInterval(timer)
  }, [clock])
  return now
}
