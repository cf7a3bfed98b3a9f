import { describe, expect, it } from 'vitest'
import { many, type Params, parseParams, single, writeParams } from './params'

describe('search parameters', () => {
  it.each<Params>([
    {},
    { q: '红包 & 回扣 = 100%' },
    { number: '000123', flag: 'true', json: '{"a":1}' },
    { state: ['new', 'working'], unit: 'o1' },
    { plus: 'a+b', hash: '#1', quote: '"\'' },
  ])('come back as they were written: %j', (params) => {
    expect(parseParams(writeParams(params))).toEqual(params)
  })

  it('leave out what is empty', () => {
    expect(writeParams({ a: '', b: undefined, c: [], d: ['', 'x'] })).toBe('?d=x')
    expect(writeParams({ a: undefined })).toBe('')
  })

  it('are read as one value or as a list, however often they stand there', () => {
    expect(many('a')).toEqual(['a'])
    expect(many(undefined)).toEqual([])
    expect(single(['a', 'b'])).toBe('a')
    expect(single(undefined)).toBeUndefined()
  })
})
