import { expect, test } from 'vitest'
import { filingFor, originIn } from './origin'

const subjectOf = (address: string) =>
  new URL(address, 'http://qingfeng.test').searchParams.get('form')?.replace(/^file:/, '')

test('a penalty that is filed for a problem names it, and its campaign', () => {
  const problem = { source: 'problem', source_id: 'p-1' }
  for (const origin of [problem, { ...problem, campaign_id: 'c-1' }]) {
    expect(originIn(subjectOf(filingFor(origin)))).toEqual(origin)
  }
  expect(originIn(subjectOf(filingFor({ ...problem, campaign_id: '' })))).toEqual(problem)
})

test('a penalty that is filed by itself names nothing', () => {
  for (const subject of [undefined, '', 'problem', 'problem ']) {
    expect(originIn(subject)).toBeUndefined()
  }
})
