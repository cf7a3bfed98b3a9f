import { expect, test } from 'vitest'
import { emptyRow, marksOfRow } from './rowWords'

test('a row says what is particular about it, and nothing else', () => {
  const named = (key: string) => ({ cases: '立案' })[key] ?? key
  expect(marksOfRow(emptyRow, named)).toEqual([])
  const row = {
    ...emptyRow,
    distinct: true,
    stock: true,
    decimals: 2,
    parent: 'cases',
    at_most: [{ row: 'gone', soft: false }],
  }
  expect(marksOfRow(row, named).map((mark) => mark.zh)).toEqual([
    '去重',
    '时点数',
    '2 位小数',
    '属于“立案”',
    '不大于“gone”',
  ])
  // An amount has as many places as its unit has.
  expect(marksOfRow({ ...emptyRow, money: 'wan', decimals: 6 }, named)).toEqual([])
})
