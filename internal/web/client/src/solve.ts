import { begin, take, zeroBits } from './sha256.ts'

/**
 * Finds the first counter from 0 for which SHA-256(challenge + ':' + counter)
 * begins with so many zero bits (the rule of kit/limit). Challenge and counter
 * are ASCII.
 */
export function solve(challenge: string, bits: number): string {
  const head = `${challenge}:`
  const whole = Math.floor(head.length / 64) * 64
  const middle = begin()
  const fixed = view(head)
  for (let i = 0; i < whole; i += 64) take(middle, fixed, i)
  for (let counter = 0; ; counter++) {
    const state = middle.slice()
    const tail = padded(head.slice(whole) + counter, head.length + String(counter).length)
    for (let i = 0; i < tail.byteLength; i += 64) take(state, tail, i)
    if (zeroBits(state) >= bits) return String(counter)
  }
}

function view(ascii: string): DataView {
  return new DataView(Uint8Array.from(ascii, (c) => c.charCodeAt(0)).buffer)
}

/** The last blocks: a one bit, zeros, and the length of the whole in bits. */
function padded(tail: string, length: number): DataView {
  const size = Math.ceil((tail.length + 9) / 64) * 64
  const out = new DataView(new ArrayBuffer(size))
  for (let i = 0; i < tail.length; i++) out.setUint8(i, tail.charCodeAt(i))
  out.setUint8(tail.length, 0x80)
  out.setUint32(size - 4, length * 8)
  return out
}
