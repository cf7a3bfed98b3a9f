/**
 * Numbers of forms are reckoned exactly, as the server does: a number is a bigint of ten-thousandths,
 * a result a fraction of two of them.
 */
export const scale = 10_000n
export const largest = 100_000_000_000n * scale

/** A fraction; its denominator is positive. */
export interface Fraction {
  n: bigint
  d: bigint
}

/** A number as ten-thousandths, or why it is none. */
export type Read = bigint | 'no number' | 'too fine'

/** Reads a number of JSON. One that is too far away is beyond all bounds. */
export function decimalOf(value: unknown): Read {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'no number'
  if (Math.abs(value) >= 1e12) return value < 0 ? -largest - 1n : largest + 1n
  const text = String(value)
  if (text.includes('e')) return 'too fine'
  const [whole = '', part = ''] = text.replace('-', '').split('.')
  if (part.length > 4) return 'too fine'
  const read = BigInt(whole + part.padEnd(4, '0'))
  const sign = value < 0 ? -read : read
  if (sign > largest) return largest + 1n
  return sign < -largest ? -largest - 1n : sign
}

/** Ten-thousandths as a number. */
export function numberOf(decimal: bigint): number {
  return Number(decimal) / Number(scale) || 0
}

/** The smallest difference between two numbers of so many decimals, in ten-thousandths. */
export function stepOf(decimals: number): bigint {
  return 10n ** BigInt(4 - decimals)
}

/** Brings a fraction to so many decimals, halves away from zero; undefined where it is too large. */
export function rounded({ n, d }: Fraction, decimals: number): bigint | undefined {
  const step = stepOf(decimals)
  const per = scale / step
  const size = (n < 0n ? -n : n) * per
  const decimal = ((size * 2n + d) / (d * 2n)) * step
  if (decimal > largest) return undefined
  return n < 0n ? -decimal : decimal
}

/** Writes 分, in ten-thousandths, in 元 or 万元. */
export function inUnits(fen: bigint, wan: boolean): string {
  const places = wan ? 6 : 2
  const size = (fen < 0n ? -fen : fen) / scale
  const digits = String(size).padStart(places + 1, '0')
  const part = digits.slice(-places).replace(/0+$/, '')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -places)}${part && '.'}${part}`
}
