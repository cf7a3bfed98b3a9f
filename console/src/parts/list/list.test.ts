import { describe, expect, it } from 'vitest'
import { changeSettings } from '@/settings/settings'
import { parseParams, writeParams } from '@/url/params'
import { exportUrl } from './exportUrl'
import { activeFilters, clearing, type Filter, inWords, keyOf } from './filters'
import { pageQuery, rowQuery } from './query'

const filters: Filter[] = [
  { kind: 'text', name: 'q', label: '内容' },
  {
    kind: 'choice',
    name: 'state',
    label: '状态',
    many: true,
    options: [
      { value: 'new', label: '待受理' },
      { value: 'due', label: '将到期' },
    ],
  },
  { kind: 'days', names: ['from', 'to'], label: '受理日期' },
  { kind: 'unit', name: 'unit', label: '单位' },
  { kind: 'flag', name: 'overdue', label: '只看超期' },
  { kind: 'link', name: 'plan', label: '只看一份计划的' },
]
const address =
  '?q=红包&state=new&state=due&from=2026-07-01&to=2026-07-31&overdue=true&cursor=c2&limit=50&sort=-due&form=case'

describe('filters in the address', () => {
  it('make the request, and nothing else of the address does', () => {
    expect(pageQuery(filters, parseParams(address))).toEqual({
      q: '红包',
      state: 'new,due',
      // Shanghai's midnights; the last day counts whole.
      from: '2026-06-30T16:00:00.000Z',
      to: '2026-07-31T16:00:00.000Z',
      overdue: 'true',
      cursor: 'c2',
      limit: '50',
      sort: '-due',
    })
  })

  it('that only a link sets narrow the rows, are named, and can be taken away', () => {
    const params = parseParams('?plan=p1&cursor=c2')
    expect(rowQuery(filters, params)).toEqual({ plan: 'p1' })
    const [set, ...others] = activeFilters(filters, params)
    expect(others).toEqual([])
    expect(set && inWords(set, params)).toBe('只看一份计划的')
    expect(set && rowQuery(filters, { ...params, ...clearing([set]) })).toEqual({})
  })

  it('make the same request again after a round trip', () => {
    const params = parseParams(address)
    expect(pageQuery(filters, parseParams(writeParams(params)))).toEqual(pageQuery(filters, params))
  })

  it('ask with plain days where the server takes days, and pass nonsense on to be refused', () => {
    const days: Filter = { kind: 'days', names: ['since', 'until'], label: '日期', asks: 'days' }
    const params = { since: '2026-02-28', until: '2026-02-28' }
    expect(rowQuery([days], params)).toEqual(params)
    const { asks: _, ...instants } = days
    expect(rowQuery([instants], { until: '2026-02-28', since: 'x' })).toEqual({
      since: 'x',
      until: '2026-02-28T16:00:00.000Z',
    })
  })

  it.each(['7', '-1', 'x', ''])('let no page size of %j through', (limit) => {
    expect(pageQuery(filters, { limit }).limit).toBe('20')
  })

  it('are known, said in words, and taken away together with the place in the list', () => {
    const params = parseParams(address)
    const active = activeFilters(filters, params)
    expect(active.map(keyOf)).toEqual(['q', 'state', 'from to', 'overdue'])
    expect(active.map((filter) => inWords(filter, params))).toEqual([
      '红包',
      '待受理、将到期',
      '2026-07-01 ~ 2026-07-31',
      '只看超期',
    ])
    const left = { ...params, ...clearing(filters) }
    expect(rowQuery(filters, left)).toEqual({ sort: '-due' })
    expect(left.cursor).toBeUndefined()
    expect(left.form).toBe('case')
  })

  it('show a value that is not offered as it is', () => {
    expect(inWords(filters[1] as Filter, { state: 'odd' })).toBe('odd')
  })
})

describe('exportUrl', () => {
  it('asks for the same rows, all of them, as a file in the person’s language', () => {
    const query = rowQuery(filters, parseParams(address))
    expect(exportUrl('/api/v1/cases', {}, query, 'xlsx')).toBe(
      '/api/v1/cases/export?q=%E7%BA%A2%E5%8C%85&state=new%2Cdue&from=2026-06-30T16%3A00%3A00.000Z&to=2026-07-31T16%3A00%3A00.000Z&overdue=true&sort=-due&format=xlsx&lang=zh',
    )
    changeSettings({ language: 'en' })
    expect(exportUrl('/api/v1/plans/{id}/tasks', { id: 'a/b' }, {}, 'csv')).toBe(
      '/api/v1/plans/a%2Fb/tasks/export?format=csv&lang=en',
    )
  })
})
