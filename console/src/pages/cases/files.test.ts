import { describe, expect, it } from 'vitest'
import type { CaseDetail } from './caseApi'
import { handedIn } from './files'

describe('handedIn', () => {
  const file = (id: string, at: string, from = 'reporter') => ({ id, at, from })
  const detail = (files: object[], added: string[] = []) =>
    ({
      content: { files },
      timeline: added.map((at) => ({ at, detail: { files: 1 } })),
    }) as unknown as CaseDetail

  it('keeps apart what came with the report and what was added, and by whom', () => {
    const files = [
      file('a', '2026-07-28T09:00:00.000Z'),
      file('b', '2026-07-28T09:00:00.010Z'),
      file('c', '2026-07-28T10:00:00.001Z'),
      file('d', '2026-07-28T11:00:00.001Z', 'staff'),
    ]
    const groups = handedIn(detail(files, ['2026-07-28T10:00:00Z', '2026-07-28T11:00:00Z']))
    expect(groups.map(({ from, files }) => [from, files.map(({ id }) => id)])).toEqual([
      [undefined, ['a', 'b']],
      ['reporter', ['c']],
      ['staff', ['d']],
    ])
  })

  it('shows nothing where there is nothing', () => {
    expect(handedIn(detail([]))).toEqual([])
  })
})
