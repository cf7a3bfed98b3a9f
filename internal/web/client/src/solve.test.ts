import { describe, expect, test } from 'vitest'
import { begin, take, zeroBits } from './sha256.ts'
import { solve } from './solve.ts'

/** The platform's own SHA-256. */
async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

async function leadingZeros(text: string): Promise<number> {
  let n = 0
  for (const byte of await sha256(text)) {
    n += Math.clz32(byte) - 24
    if (byte !== 0) break
  }
  return n
}

test('the vectors of the rule (kit/limit)', () => {
  expect(solve('qingfeng', 8)).toBe('824')
  expect(solve('qingfeng', 16)).toBe('9983')
})

describe('challenges of every length', () => {
  // 55, 56, 63 and 64 bytes are where blocks end and padding needs another one.
  test.each([1, 40, 52, 53, 54, 55, 61, 62, 63, 64, 65, 100, 119, 120, 128, 199])(
    '%d',
    async (length) => {
      const challenge = 'c'.repeat(length)
      const counter = solve(challenge, 7)
      expect(await leadingZeros(`${challenge}:${counter}`)).toBeGreaterThanOrEqual(7)
      for (let i = 0; i < Number(counter); i++) {
        expect(await leadingZeros(`${challenge}:${i}`)).toBeLessThan(7)
      }
    },
  )
})

test('one block is what another implementation computes', async () => {
  const block = new DataView(new ArrayBuffer(64))
  for (const [i, c] of [...'abc'].entries()) block.setUint8(i, c.charCodeAt(0))
  block.setUint8(3, 0x80)
  block.setUint32(60, 24)
  const state = begin()
  take(state, block, 0)
  const words = new DataView((await sha256('abc')).buffer)
  expect([...state]).toEqual([...state.keys()].map((i) => words.getUint32(4 * i)))
})

test('zero bits are counted over words', () => {
  expect(zeroBits(Uint32Array.of(0x80000000))).toBe(0)
  expect(zeroBits(Uint32Array.of(1, 0))).toBe(31)
  expect(zeroBits(Uint32Array.of(0, 0x10000000))).toBe(35)
})
