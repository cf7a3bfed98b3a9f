/** A share to one decimal, cut and never rounded up: 99.96 % is not all of them, and 0.04 % is not none. */
export function percentOf({
  inspected,
  in_scope,
}: {
  inspected: number
  in_scope: number
}): string {
  if (in_scope === 0) return '—'
  const least = inspected > 0 ? 1 : 0
  return `${Math.max(least, Math.floor((1000 * inspected) / in_scope)) / 10}%`
}
