/**
 * SHA-256 (FIPS 180-4), as much of it as counting through a puzzle needs: the
 * browser's own is asynchronous, and missing where a page comes without HTTPS.
 */

const primes = firstPrimes(64)
const constants = Uint32Array.from(primes, (p) => fraction(Math.cbrt(p)))
const initial = Uint32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)))

function firstPrimes(n: number): number[] {
  const found: number[] = []
  for (let i = 2; found.length < n; i++) {
    if (found.every((p) => i % p !== 0)) found.push(i)
  }
  return found
}

/** The first 32 bits behind the point. */
function fraction(x: number): number {
  return ((x - Math.floor(x)) * 2 ** 32) >>> 0
}

/** A state before anything was hashed. */
export function begin(): Uint32Array {
  return initial.slice()
}

const schedule = new Uint32Array(64)

/** Takes one block of 64 bytes, at offset in data, into the state. */
export function take(state: Uint32Array, data: DataView, offset: number): void {
  const w = schedule
  for (let i = 0; i < 16; i++) w[i] = data.getUint32(offset + 4 * i)
  for (let i = 16; i < 64; i++) {
    const x = at(w, i - 15)
    const y = at(w, i - 2)
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
    w[i] = at(w, i - 16) + s0 + at(w, i - 7) + s1
  }
  let [a, b, c, d, e, f, g, h] = [...state] as Eight
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const one = (h + s1 + ((e & f) ^ (~e & g)) + at(constants, i) + at(w, i)) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  const sums = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = at(state, i) + (sums[i] as number)
}

type Eight = [number, number, number, number, number, number, number, number]

function at(words: Uint32Array, i: number): number {
  return words[i] as number
}

function rotate(x: number, n: number): number {
  return (x >>> n) | (x << (32 - n))
}

/** How many zero bits a state begins with. */
export function zeroBits(state: Uint32Array): number {
  let n = 0
  for (const word of state) {
    n += Math.clz32(word)
    if (word !== 0) break
  }
  return n
}
