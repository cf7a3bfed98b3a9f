import { describe, expect, it } from 'vitest'
import { awaitsFiles, soonWhile } from './awaited'

describe('soonWhile', () => {
  it('asks again only while an answer waits for something', () => {
    expect(soonWhile(undefined)).toBe(false)
    expect(soonWhile(true)).toBeGreaterThan(0)
    expect(soonWhile(false)).toBe(false)
  })
})

describe('awaitsFiles', () => {
  it('waits for copies that are being made', () => {
    expect(awaitsFiles(undefined)).toBe(false)
    expect(awaitsFiles([{ state: 'ready' }])).toBe(false)
    expect(awaitsFiles([{ state: 'ready' }, { state: 'pending' }])).toBe(true)
  })
})
