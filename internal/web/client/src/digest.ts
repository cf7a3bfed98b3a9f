import { begin, take } from './sha256.ts'

/** The SHA-256 of a text in UTF-8, as hexadecimal digits. */
export function digestOf(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const data = new DataView(padded.buffer)
  data.setUint32(padded.length - 4, bytes.length * 8)
  const state = begin()
  for (let at = 0; at < padded.length; at += 64) take(state, data, at)
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}
