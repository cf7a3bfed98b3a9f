import { expect, it } from 'vitest'
import { percentOf } from './percent'

it('never rounds a share up', () => {
  expect(percentOf({ inspected: 9996, in_scope: 10_000 })).toBe('99.9%')
  expect(percentOf({ inspected: 3, in_scope: 3 })).toBe('100%')
  expect(percentOf({ inspected: 1, in_scope: 2567 })).toBe('0.1%')
  expect(percentOf({ inspected: 0, in_scope: 2567 })).toBe('0%')
  expect(percentOf({ inspected: 0, in_scope: 0 })).toBe('—')
})
