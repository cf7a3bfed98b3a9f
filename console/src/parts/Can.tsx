import type { ReactNode } from 'react'
import { useCan } from '@/api/useCan'

interface CanProps {
  permission: string
  children: ReactNode
}

/** Shows its content to those who hold the permission; the server checks it again. */
export function Can({ permission, children }: CanProps) {
  return useCan()(permission) ? children : null
}
