import { describe, expect, it } from 'vitest'
import { type Content, type ReadPlan, wholeContent } from './campaignApi'
import { marksOf, pointerOf, spansOf } from './marks'

const text = '总体目标𠀀净化环境。'
const spans = {
  '/goal': [5, 9],
  '/stages/0/start': [2, 4],
  '/reports/1/due': [0, 2],
  '/tasks/0/units/0': [1, 2],
}

describe('marksOf', () => {
  it('loses no character and marks what was taken', () => {
    const pieces = marksOf(text, spans, '/goal')
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
    expect(pieces.filter((piece) => piece.here).map((piece) => piece.text)).toEqual(['净化环境'])
    expect(pieces.filter((piece) => !piece.marked).map((piece) => piece.text)).toEqual(['𠀀', '。'])
  })

  it('marks nothing where nothing was taken', () => {
    expect(marksOf('方案', {}, undefined)).toEqual([
      { start: 0, text: '方案', marked: false, here: false },
    ])
  })
})

describe('pointerOf', () => {
  it('finds the value behind a field', () => {
    expect(pointerOf('content_goal', spans)).toBe('/goal')
    expect(pointerOf('content_stages_0_start', spans)).toBe('/stages/0/start')
    expect(pointerOf('content_duties_1_due', spans)).toBe('/reports/1/due')
    expect(pointerOf('content_tasks_0_lead', spans)).toBe('/tasks/0/units/0')
    expect(pointerOf('content_stages_1_start', spans)).toBeUndefined()
    expect(pointerOf('content_members', spans)).toBeUndefined()
  })
})

describe('spansOf', () => {
  const task = (title: string) => ({
    group: null,
    number: null,
    title,
    text: null,
    units: [],
    lead: null,
  })
  const read = {
    tasks: [task('规范收费'), task('打击骗保')],
    reports: [{ due: null, text: '各区于12月10日前报送总结。' }],
    doubts: [{ pointer: '/tasks/0/text', text: '2月30日', at: [7, 9] }],
    spans: {
      '/title': [0, 2],
      '/tasks/0/title': [2, 4],
      '/tasks/1/title': [4, 6],
      '/reports/0/due': [9, 11],
    },
  } as unknown as ReadPlan['read']

  it('leads to what is in doubt, too', () => {
    expect(spansOf(read, undefined)).toEqual({ ...read.spans, '/tasks/0/text': [7, 9] })
  })

  it('finds entries by their words where some were taken away, added or moved', () => {
    const content = wholeContent({
      tasks: [{ title: '新增' }, { title: '打击骗保' }] as Content['tasks'],
      duties: [{ title: '各区于12月10日前…' }] as Content['duties'],
    })
    expect(spansOf(read, content)).toEqual({
      '/title': [0, 2],
      '/gone/tasks/0/title': [2, 4],
      '/gone/tasks/0/text': [7, 9],
      '/tasks/1/title': [4, 6],
      '/reports/0/due': [9, 11],
    })
  })
})
