import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { type Asked, problem } from '@/test/fakeFetch'
import { renderPart } from '@/test/renderPart'
import { ImportWizard } from './ImportWizard'

const path = '/api/v1/org/places/import'
const refused = [{ row: 3, field: '机构代码', value: '12A', message: '应为 18 位' }]

async function choose(server: (asked: Asked) => object) {
  const { asked } = renderPart(<ImportWizard path={path} hint="一行一个地点" />, {
    [`POST ${path}`]: server as never,
  })
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('no file input')
  await userEvent.upload(input, new File(['x'], 'places.xlsx'))
  return asked
}

const validOnly = ({ body }: Asked) => (body as FormData).has('valid_only')

describe('ImportWizard', () => {
  it('takes a good sheet in one go', async () => {
    await choose(() => ({ body: { total: 2, valid: 2, imported: 2, refused: null } }))
    expect(await screen.findByText('已导入 2 行')).toBeTruthy()
  })

  it('shows refused rows and imports the others only when asked', async () => {
    const asked = await choose((one) => ({
      body: { total: 4, valid: 3, imported: validOnly(one) ? 3 : 0, refused },
    }))
    await screen.findByText('应为 18 位')
    expect(screen.getByText(/共 4 行，其中 1 行有问题，目前一行也没有导入/)).toBeTruthy()
    expect(asked.map(validOnly)).toEqual([false])
    await userEvent.click(screen.getByRole('button', { name: '只导入没有问题的 3 行' }))
    expect(await screen.findByText('已导入 3 行')).toBeTruthy()
    expect(screen.getByText('1 行没有导入')).toBeTruthy()
    expect(asked.map(validOnly)).toEqual([false, true])
  })

  it('keeps the refusals in sight when the second request fails', async () => {
    await choose((one) =>
      validOnly(one)
        ? problem(503, '请稍后再试')
        : { body: { total: 4, valid: 3, imported: 0, refused } },
    )
    await userEvent.click(await screen.findByRole('button', { name: '只导入没有问题的 3 行' }))
    await screen.findByText('请稍后再试')
    expect(screen.getByText('应为 18 位')).toBeTruthy()
  })

  it('offers nothing to import where no row is good', async () => {
    await choose(() => ({ body: { total: 1, valid: 0, imported: 0, refused } }))
    const button = await screen.findByRole('button', { name: /只导入没有问题的 0 行/ })
    expect(button).toHaveProperty('disabled', true)
  })

  it('says why a file was not read at all', async () => {
    await choose(() => problem(422, '这不是表格文件'))
    expect(await screen.findByText('这不是表格文件')).toBeTruthy()
  })
})
