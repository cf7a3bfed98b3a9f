import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { Column } from './column'
import { useColumns } from './useColumns'

const column = (key: string, more: Partial<Column<string>> = {}): Column<string> => ({
  key,
  title: key,
  cell: (row) => row,
  ...more,
})
const name = column('name', { primary: true })
const asked = [column('first'), column('second', { hidden: true })]

const shown = () =>
  renderHook(({ columns }) => useColumns('test.columns', columns), {
    initialProps: { columns: [name] },
  })

beforeEach(() => localStorage.clear())

it('leaves out what is hidden at first, though the columns come later than the page', () => {
  const { result, rerender } = shown()
  rerender({ columns: [name, ...asked] })
  expect(result.current.keys).toEqual(['name', 'first'])
})

it('remembers what was chosen', () => {
  const first = shown()
  first.rerender({ columns: [name, ...asked] })
  act(() => first.result.current.choose(['name', 'second']))
  const later = shown()
  later.rerender({ columns: [name, ...asked] })
  expect(later.result.current.keys).toEqual(['name', 'second'])
})
