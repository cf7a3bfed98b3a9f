import { expect, it } from 'vitest'
import { added } from './added'

it.each([
  ['5', '5', '10'],
  ['', '5', '5'],
  ['7', '', '7'],
  ['', '', ''],
  ['0', '0', '0'],
  ['0.1', '0.2', '0.3'],
  ['12.50', '0.5', '13'],
  ['1,234', '1', '1235'],
  ['１２', '1.000001', '13.000001'],
  ['999999999999999', '0.000001', '999999999999999.000001'],
  ['100', '20', '120'],
])('adds %s and %s to %s', (own, below, want) => {
  expect(added(own, below)).toBe(want)
})

it.each(['3.5万', '-1', '1,23', 'x', '.'])('knows no sum with %s', (own) => {
  expect(added(own, '5')).toBeUndefined()
})
