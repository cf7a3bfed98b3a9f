import { describe, expect, it } from 'vitest'
import { casesAddress, choiceOf, isComplete, rowAddress, workAddress } from './choice'

describe('the choice of a table', () => {
  it('takes the usual one where the address says nothing, or nonsense', () => {
    expect(choiceOf({})).toEqual({ kind: 'month', subject: 'institution' })
    expect(choiceOf({ kind: 'week', subject: 'people' })).toEqual(choiceOf({}))
  })

  it('reads what the address says', () => {
    const params = { kind: 'day', subject: 'department', parent: 'i1', window: 'w1' }
    expect(choiceOf(params)).toEqual(params)
  })

  it('asks for departments only within an institution', () => {
    expect(isComplete({ kind: 'month', subject: 'department' })).toBe(false)
    expect(isComplete({ kind: 'month', subject: 'department', parent: 'i1' })).toBe(true)
    expect(isComplete({ kind: 'month', subject: 'unit' })).toBe(true)
  })

  it('leads from a figure to exactly its cases', () => {
    const choice = choiceOf({ subject: 'category', parent: 'i1' })
    expect(casesAddress(choice, 'w1', { id: 'A', measure: 'solved', basis: 'assessed' })).toBe(
      '/insight/rates/cases?kind=month&window=w1&subject=category&parent=i1&id=A&measure=solved&basis=assessed',
    )
    expect(casesAddress(choice, 'w1', { measure: 'received', basis: 'raw' })).not.toContain('&id=')
  })

  it('keeps the table while a row is looked at', () => {
    expect(rowAddress(choiceOf({ window: 'w1' }), 'r1')).toBe(
      '/insight/rates?kind=month&window=w1&subject=institution&row=r1',
    )
  })
})

it('leads from what there is to do in a region to the cases of that region', () => {
  expect(workAddress('/990000/990100/990101/', { box: 'overdue' })).toBe(
    '/casework/cases?box=overdue&below=990101',
  )
  expect(workAddress('/', { state: 'dispatched' })).toBe('/casework/cases?state=dispatched')
})
