import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { ImportReport } from '@/api/importFile'
import { type Answer, type Asked, problem } from '@/test/fakeFetch'
import { renderPart } from '@/test/renderPart'
import { ImportWizard } from './ImportWizard'

const path = '/api/v1/org/imports/places'
const text = { zh: '应为 18 位', en: 'has to have 18 characters' }
const bad = { row: 3, column: '机构代码', cell: 'B3', text }

function report(some: Partial<ImportReport>): Answer {
  const none = { kind: 'place', total: 4, good: 4, imported: 0, ignored: [], problems: [] }
  return { body: { ...none, ...some } }
}

async function choose(server: (asked: Asked) => Answer | Promise<Answer>) {
  const { asked } = renderPart(<ImportWizard path={path} hint="一行一个地点" />, {
    [`POST ${path}`]: server,
  })
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('no file input')
  await userEvent.upload(input, new File(['x'], 'places.xlsx'))
  return asked
}

const commits = ({ query }: Asked) => query.get('commit') === 'true'
const modes = (asked: Asked[]) => asked.map((one) => [commits(one), one.query.get('only_valid')])

describe('ImportWizard', () => {
  it('checks a sheet first and imports it when told to', async () => {
    const asked = await choose((one) => report({ imported: commits(one) ? 4 : 0 }))
    await screen.findByText(/的 4 行都没有问题，还没有导入/)
    await userEvent.click(screen.getByRole('button', { name: '导入 4 行' }))
    expect(await screen.findByText('已导入 4 行')).toBeTruthy()
    expect(modes(asked)).toEqual([
      [false, null],
      [true, null],
    ])
  })

  it('shows what is wrong and imports the other rows only when asked', async () => {
    const asked = await choose((one) =>
      report({ good: 3, problems: [bad], more: 2, imported: commits(one) ? 3 : 0 }),
    )
    await screen.findByText('应为 18 位')
    expect(screen.getByText(/共 4 行，其中 1 行有问题，目前一行也没有导入/)).toBeTruthy()
    expect(screen.getByText('另有 2 处问题没有列出')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '只导入没有问题的 3 行' }))
    expect(await screen.findByText('已导入 3 行')).toBeTruthy()
    expect(screen.getByText('1 行没有导入')).toBeTruthy()
    expect(modes(asked).at(-1)).toEqual([true, 'true'])
  })

  it('keeps the report in sight when importing fails', async () => {
    await choose((one) =>
      commits(one) ? problem(503, '请稍后再试') : report({ good: 3, problems: [bad] }),
    )
    await userEvent.click(await screen.findByRole('button', { name: '只导入没有问题的 3 行' }))
    await screen.findByText('请稍后再试')
    expect(screen.getByText('应为 18 位')).toBeTruthy()
  })

  it('offers nothing to import where no row is good, and names columns that are not read', async () => {
    await choose(() => report({ total: 1, good: 0, problems: [bad], ignored: ['备注', '颜色'] }))
    expect(await screen.findByText('这些列不会导入：备注、颜色')).toBeTruthy()
    expect(screen.getByText('请在表格里改正后重新选择文件。')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /导入 0 行|只导入/ })).toBeNull()
  })

  it('imports once when it is pressed twice', async () => {
    let resolve: (answer: Answer) => void = () => {}
    const promise = new Promise<Answer>((done) => {
      resolve = done
    })
    const asked = await choose((one) => (commits(one) ? promise : report({})))
    const button = await screen.findByRole('button', { name: '导入 4 行' })
    button.click()
    button.click()
    resolve(report({ imported: 4 }))
    expect(await screen.findByText('已导入 4 行')).toBeTruthy()
    expect(asked.filter(commits)).toHaveLength(1)
  })

  it('shows what the good rows become, and what was chosen for them', async () => {
    const word = (zh: string) => ({ zh, en: zh })
    await choose(() =>
      report({
        preview: {
          notes: [word('1 行没有写来源，按您选定的“自查”登记')],
          columns: [word('责任单位'), word('进展')],
          rows: [{ row: 2, cells: [word('示例市第一人民医院'), word('')] }],
        },
      }),
    )
    expect(await screen.findByText('示例市第一人民医院')).toBeTruthy()
    expect(screen.getByText('1 行没有写来源，按您选定的“自查”登记')).toBeTruthy()
  })

  it('says why a file was not read at all', async () => {
    await choose(() => problem(422, '这不是表格文件'))
    expect(await screen.findByText('这不是表格文件')).toBeTruthy()
  })
})
