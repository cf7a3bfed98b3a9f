import { Skeleton } from 'antd'
import { type ReactNode, Suspense } from 'react'
import { useCan } from '@/api/useCan'
import { ForbiddenPage } from '@/parts/feedback/ForbiddenPage'

interface GuardedPageProps {
  permission: string | undefined
  children: ReactNode
}

/** A page, or the word that the person's role does not reach it. */
export function GuardedPage({ permission, children }: GuardedPageProps) {
  const can = useCan()
  if (!can(permission)) return <ForbiddenPage />
  return <Suspense fallback={<Skeleton active />}>{children}</Suspense>
}
