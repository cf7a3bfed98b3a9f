import { useQuery } from '@tanstack/react-query'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { renderPart } from '@/test/renderPart'
import { BulkBar } from './BulkBar'
import type { BulkAction } from './bulk'
import { useSelection } from './useSelection'

interface Row {
  id: string
  state: string
}

const seen: string[] = []

/** A list of two rows that can be ticked, with one thing to do to them. */
function List({ run }: { run: BulkAction<Row>['run'] }) {
  const list = useQuery({
    queryKey: ['rows'],
    refetchOnWindowFocus: false,
    queryFn: async () => {
      seen.push('read')
      return [
        { id: 'a', state: `state ${seen.length}` },
        { id: 'b', state: `state ${seen.length}` },
      ]
    },
  })
  const rows = list.data ?? []
  const selection = useSelection<Row>((row) => row.id, '', rows)
  return (
    <>
      <button type="button" onClick={() => selection.tick(rows, ['a', 'b'])}>
        all
      </button>
      <p>{selection.rows.map((row) => `${row.id} in ${row.state}`).join(', ')}</p>
      <BulkBar
        list="rows"
        selection={selection}
        actions={[{ key: 'do', label: 'Do it', ask: { question: 'Sure?' }, run }]}
      />
    </>
  )
}

async function doIt(run: BulkAction<Row>['run']) {
  seen.length = 0
  renderPart(<List run={run} />)
  await waitFor(() => expect(seen).toHaveLength(1))
  await userEvent.click(await screen.findByText('all'))
  await userEvent.click(await screen.findByRole('button', { name: 'Do it' }))
  await userEvent.click(await screen.findByRole('button', { name: '确定' }))
}

describe('what is done to several rows at once', () => {
  it('leaves nothing ticked where all of it was done', async () => {
    await doIt(() => Promise.resolve())
    await screen.findByText('已处理 2 条')
    expect(screen.queryByText(/已选/)).toBeNull()
    await waitFor(() => expect(seen.length).toBeGreaterThan(1))
  })

  it('leaves ticked what was refused, as it now stands, and says why', async () => {
    await doIt((rows) =>
      Promise.resolve(rows.slice(1).map((row) => ({ row, name: 'No. b', why: '已被他人受理' }))),
    )
    await screen.findAllByText('已处理 1 条，1 条未办')
    await screen.findByText(/No\. b：已被他人受理/)
    await screen.findByText('已选 1 条')
    await screen.findByText(/^b in state [23]$/)
  })

  it('reads the list again where the answer never came', async () => {
    await doIt(async (): Promise<void> => {
      throw new ApiProblem({ status: 0, title: '连不上服务器' })
    })
    await screen.findAllByText('连不上服务器')
    expect(screen.getByText('已选 2 条')).toBeTruthy()
    await waitFor(() => expect(seen.length).toBeGreaterThan(1))
  })
})
