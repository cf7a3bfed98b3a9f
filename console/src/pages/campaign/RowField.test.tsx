import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Form } from 'antd'
import { expect, it, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { ActionForm } from '@/parts/form/ActionForm'
import { tester } from '@/test/renderConsole'
import { renderPart } from '@/test/renderPart'
import { RowField } from './RowField'
import { emptyRow } from './rowWords'

const rows = [
  { ...emptyRow, key: 'cases', label: '立案', unit: '起' },
  {
    ...emptyRow,
    key: 'fined',
    label: '罚款',
    unit: '家',
    at_most: [{ row: 'cases', soft: false }],
  },
]

it('changes a row in its place, and shows at the row what is refused', async () => {
  const submit = vi.fn((_values: object) =>
    Promise.reject(
      new ApiProblem({
        status: 422,
        title: '还不能保存',
        errors: [{ location: 'body.rows[1].unit', message: '请填写计量单位' }],
      }),
    ),
  )
  renderPart(
    <ActionForm name="table" initial={{ rows }} submit={submit}>
      <Form.List name="rows">
        {(fields) =>
          fields.map(({ key, name }) => (
            <div key={key} data-testid={`row-${name}`}>
              <Form.Item name={name}>
                <RowField nth={name} onRemove={() => {}} onUp={() => {}} />
              </Form.Item>
            </div>
          ))
        }
      </Form.List>
    </ActionForm>,
    {},
    tester,
  )
  expect(screen.getByTestId('row-1').textContent).toContain('不大于“立案”')
  await userEvent.click(screen.getByRole('button', { name: '修改“罚款”' }))
  await userEvent.clear(screen.getByLabelText('计量单位'))
  await userEvent.click(screen.getByRole('checkbox', { name: /时点数/ }))
  await userEvent.click(screen.getByRole('button', { name: '提交' }))
  await screen.findByText('请填写计量单位')
  expect(screen.getByTestId('row-1').textContent).toContain('请填写计量单位')
  expect(screen.getByTestId('row-0').textContent).not.toContain('请填写计量单位')
  const sent = { ...rows[1], unit: '', stock: true }
  expect(submit.mock.calls[0]?.[0]).toEqual({ rows: [rows[0], sent] })
})
