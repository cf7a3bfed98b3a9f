import { describe, expect, it } from 'vitest'
import type { Filter } from '@/parts/list/filters'
import { caseQueryOf, exportQueryOf } from './caseQuery'

const filters: Filter[] = [
  { kind: 'text', name: 'q', label: '' },
  { kind: 'choice', name: 'state', label: '', options: [] },
  { kind: 'days', names: ['from', 'to'], label: '' },
]

describe('caseQueryOf', () => {
  it('asks for the box and the filters, and nothing else of the address', () => {
    const params = { box: 'overdue', q: '红包', form: 'do:accept' }
    expect(caseQueryOf(filters, params)).toEqual({
      limit: '20',
      box: 'overdue',
      q: '红包',
      count: true,
    })
  })

  it('asks for the number of all on the first page only', () => {
    expect(caseQueryOf(filters, { cursor: 'c' }).count).toBeUndefined()
  })

  it('asks for the same rows as a file, without the page', () => {
    const params = { box: 'overdue', q: '红包', cursor: 'c', limit: '50' }
    expect(exportQueryOf(filters, params, { state: 'calling' })).toEqual({
      box: 'overdue',
      q: '红包',
      state: 'calling',
    })
  })

  it('takes days as those of Shanghai, the last one whole', () => {
    const { from, to } = caseQueryOf(filters, { from: '2026-07-01', to: '2026-07-31' })
    expect([from, to].map((at) => Date.parse(at ?? ''))).toEqual([
      Date.parse('2026-07-01T00:00:00+08:00'),
      Date.parse('2026-08-01T00:00:00+08:00'),
    ])
  })

  it('lets what a page fixes win over the address', () => {
    expect(caseQueryOf(filters, { state: 'archived' }, { state: 'calling' }).state).toBe('calling')
  })
})
