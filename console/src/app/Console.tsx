import { QueryClientProvider } from '@tanstack/react-query'
import { type RouterHistory, RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { newQueryClient } from '@/api/queryClient'
import { Appearance } from './Appearance'
import { AreasContext } from './areasContext'
import { areas as allAreas } from './nav'
import type { Area } from './page'
import { newRouter } from './router'
import { SessionWatch } from './SessionWatch'

interface ConsoleProps {
  /** The areas; tests and the gallery bring their own. */
  areas?: Area[]
  history?: RouterHistory
}

/** The whole console. */
export function Console({ areas = allAreas, history }: ConsoleProps) {
  const [client] = useState(newQueryClient)
  const [router] = useState(() => newRouter(areas, history))
  return (
    <QueryClientProvider client={client}>
      <SessionWatch />
      <Appearance>
        <AreasContext value={areas}>
          <RouterProvider router={router} />
        </AreasContext>
      </Appearance>
    </QueryClientProvider>
  )
}
