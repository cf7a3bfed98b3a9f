import { describe, expect, it } from 'vitest'
import { marksOf, pointerOf } from './marks'

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
