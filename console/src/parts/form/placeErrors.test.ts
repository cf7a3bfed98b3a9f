import { describe, expect, it } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { clearedErrors } from './clearedErrors'
import { pathOf, placeErrors } from './placeErrors'

describe('pathOf', () => {
  it.each([
    ['body.title', ['title']],
    ['title', ['title']],
    ['body.items[0].amount_fen', ['items', 0, 'amount_fen']],
    ['body.items[12]', ['items', 12]],
    ['query.state', ['state']],
    ['body', ['body']],
    ['', []],
  ])('reads %j', (location, path) => {
    expect(pathOf(location)).toEqual(path)
  })
})

describe('placeErrors', () => {
  const problem = (...errors: [string, string][]) =>
    new ApiProblem({
      status: 422,
      title: 'x',
      errors: errors.map(([location, message]) => ({ location, message })),
    })

  it('puts complaints at their fields and keeps the others', () => {
    const placed = placeErrors(
      problem(['body.title', 'a'], ['body.title', 'b'], ['body.nowhere', 'c'], ['body', 'd']),
      [['title'], ['category']],
    )
    expect(placed.fields).toEqual([{ name: ['title'], errors: ['a', 'b'] }])
    expect(placed.rest).toEqual(['c', 'd'])
  })

  it('falls back to the nearest field around, never to a neighbour', () => {
    const placed = placeErrors(problem(['body.items[1].amount', 'a'], ['body.items[2]', 'b']), [
      ['items', 1, 'name'],
      ['items', 1],
    ])
    expect(placed.fields).toEqual([{ name: ['items', 1], errors: ['a'] }])
    expect(placed.rest).toEqual(['b'])
  })
})

describe('clearedErrors', () => {
  const fields = [
    { name: ['title'], errors: ['a'] },
    { name: ['items', 0, 'amount'], errors: ['b'] },
    { name: ['note'], errors: [] },
  ]

  it('takes away only the complaints about what was changed', () => {
    expect(clearedErrors(fields, { title: 'x', note: 'y' })).toEqual([
      { name: ['title'], errors: [] },
    ])
    expect(clearedErrors(fields, { items: [{ amount: undefined }] })).toHaveLength(1)
    expect(clearedErrors(fields, { items: [undefined, { amount: 1 }] })).toEqual([])
  })
})
