import { InnerLink } from '@/url/InnerLink'

/** A count that leads to its cases; nothing to lead to where it is zero or not to be seen. */
export function CountLink({ value, to }: { value: number | undefined; to: string }) {
  if (value === undefined) return <span>—</span>
  const shown = value.toLocaleString('en-US')
  return (
    <span className="qf-number">{value > 0 ? <InnerLink to={to}>{shown}</InnerLink> : shown}</span>
  )
}
