import { afterEach, expect, test } from 'vitest'
import { characters, room } from './count.ts'
import { size } from './files.ts'
import { receiptIn } from './receipt.ts'
import { clock } from './record.ts'
import { speak, t } from './text.ts'

afterEach(() => speak('zh-CN'))

test('texts follow the language of the page', () => {
  expect(t('移除', 'Remove')).toBe('移除')
  speak('en')
  expect(t('移除', 'Remove')).toBe('Remove')
})

test('a receipt is sixteen digits behind the #', () => {
  expect(receiptIn('#1234567890123456')).toBe('1234567890123456')
  expect(receiptIn('#1234%205678%209012%203456')).toBe('1234567890123456')
  for (const hash of [
    '',
    '#',
    '#main',
    '#123456789012345',
    '#12345678901234567',
    '#abcd567890123456',
    '#%zz',
  ]) {
    expect(receiptIn(hash), hash).toBeNull()
  }
})

test('characters are counted as the server counts them', () => {
  expect(characters('红包🧧')).toBe(3)
})

test('room is named when it gets scarce, and when it is gone', () => {
  expect(room(10, 5000)).toEqual({ text: '', over: false })
  expect(room(4999, 5000)).toEqual({ text: '还能写 1 个字', over: false })
  expect(room(5000, 5000)).toEqual({ text: '还能写 0 个字', over: false })
  expect(room(5001, 5000)).toEqual({ text: '多了 1 个字', over: true })
})

test('sizes and times are written as people read them', () => {
  expect([size(0), size(1500), size(5 << 20)]).toEqual(['1 KB', '1 KB', '5.0 MB'])
  expect([clock(0), clock(61), clock(600)]).toEqual(['00:00', '01:01', '10:00'])
})
