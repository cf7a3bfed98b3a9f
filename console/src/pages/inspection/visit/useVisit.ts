import { useCallback, useEffect, useRef, useState } from 'react'
import { api, read } from '@/api/client'
import { asProblem } from '@/api/problem'
import { handInAll, patience } from './handIn'
import {
  begunVisit,
  keepPack,
  keepVisit,
  keptPack,
  keptVisit,
  onVisits,
  type Pack,
  type Visit,
} from './visit'

/** What is taken along: the server's where it can be reached, else what was taken last. */
export async function takePack(owner: string): Promise<Pack | undefined> {
  try {
    const pack = await read(api.GET('/api/v1/inspection/mine/pack'))
    await keepPack(owner, pack)
    return pack
  } catch (error) {
    const kept = await keptPack(owner)
    if (kept) return kept
    throw asProblem(error)
  }
}

/** Hands in what waits: now, when the network is back, and now and then. */
export function useHandIn(owner: string): () => void {
  const go = useCallback(() => void handInAll(owner).catch(() => undefined), [owner])
  useEffect(() => {
    go()
    globalThis.addEventListener('online', go)
    const timer = setInterval(go, patience)
    return () => {
      globalThis.removeEventListener('online', go)
      clearInterval(timer)
    }
  }, [go])
  return go
}

/** What changes of a visit, or what follows from how it stands by now. */
export type Change = Partial<Visit> | ((now: Visit) => Partial<Visit>)

/** The visit of a task as this browser keeps it, kept anew at every change. */
export function useVisit(owner: string, task: string) {
  const [visit, setVisit] = useState<Visit>()
  const [pack, setPack] = useState<Pack>()
  const [error, setError] = useState<unknown>()
  const latest = useRef<Visit>(undefined)
  const show = useCallback((one: Visit | undefined) => {
    latest.current = one
    setVisit(one)
  }, [])
  const load = useCallback(async () => {
    setError(undefined)
    try {
      const kept = await keptVisit(owner, task)
      if (kept) show(kept)
      const taken = await takePack(owner)
      setPack(taken)
      const packed = taken?.tasks?.find((one) => one.id === task)
      if (!kept && taken && packed) show(begunVisit(taken, packed))
    } catch (problem) {
      setError(problem)
    }
  }, [owner, task, show])
  useEffect(() => void load(), [load])
  useEffect(
    () => onVisits(() => void keptVisit(owner, task).then((kept) => kept && show(kept))),
    [owner, task, show],
  )
  const change = useCallback(
    (part: Change) => {
      if (!latest.current) return
      const next = {
        ...latest.current,
        ...(typeof part === 'function' ? part(latest.current) : part),
      }
      show(next)
      keepVisit(owner, next).catch(setError)
    },
    [owner, show],
  )
  return { visit, pack, error, change, load }
}
