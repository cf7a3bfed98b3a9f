/** A share to one decimal, cut and never rounded up: 99.96 % is not all of them. */
export function percentOf({
  inspected,
  in_scope,
}: {
  inspected: number
  in_scope: number
}): string {
  return in_scope === 0 ? '—' : `${Math.floor((1000 * inspected) / in_scope) / 10}%`
}
