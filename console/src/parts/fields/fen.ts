/** Whole 分 of an amount in 元; rounding repairs what binary fractions lose (8.07 × 100). */
export function toFen(yuan: number): number {
  return Math.round(yuan * 100)
}
