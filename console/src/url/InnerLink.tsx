import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { placeOf } from './address'

interface InnerLinkProps {
  /** An address inside the console, such as `/casework/cases?state=open`. */
  to: string
  className?: string
  children: ReactNode
}

/** A link inside the console; an address that is not one stays plain text. */
export function InnerLink({ to, className, children }: InnerLinkProps) {
  const place = placeOf(to)
  if (!place) return <span className={className}>{children}</span>
  return (
    <Link to={place.to} search={place.search} className={className}>
      {children}
    </Link>
  )
}
