import { describe, expect, it } from 'vitest'
import { nameIn } from './download'

describe('nameIn', () => {
  it.each([
    [`attachment; filename="a.pdf"; filename*=UTF-8''%E6%B5%B7%E6%8A%A5.pdf`, '海报.pdf'],
    ['attachment; filename=posters.pdf', 'posters.pdf'],
    ['attachment', undefined],
    [null, undefined],
  ])('reads %j', (disposition, name) => {
    expect(nameIn(disposition)).toBe(name)
  })
})
