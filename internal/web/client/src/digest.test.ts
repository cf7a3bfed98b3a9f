import { expect, it } from 'vitest'
import { digestOf } from './digest.ts'

it('is the SHA-256 of everybody else, whatever the length', async () => {
  for (let n = 0; n < 200; n++) {
    const text = '风'.repeat(n % 3) + 'x'.repeat(n)
    const bytes = new Uint8Array(
      await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)),
    )
    expect(digestOf(text)).toBe([...bytes].map((b) => b.toString(16).padStart(2, '0')).join(''))
  }
})
