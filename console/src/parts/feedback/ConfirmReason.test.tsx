import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { renderPart } from '@/test/renderPart'
import { ConfirmReason } from './ConfirmReason'

describe('ConfirmReason', () => {
  it('hands over the reason, and stays open with it when it is refused', async () => {
    const answers = [
      () =>
        Promise.reject(
          new ApiProblem({
            status: 422,
            title: '不能退单',
            errors: [{ location: 'body.reason', message: '请写明理由' }],
          }),
        ),
      () => Promise.resolve(),
    ]
    const confirm = vi.fn((_reason: string) => answers.shift()?.() ?? Promise.resolve())
    const onClose = vi.fn()
    renderPart(
      <ConfirmReason
        name="case.return"
        title="退单"
        question="退回后重新派单。"
        reason="required"
        confirm={confirm}
        onClose={onClose}
      />,
    )
    await userEvent.type(await screen.findByLabelText('理由'), ' 不属本单位 ')
    await userEvent.click(screen.getByRole('button', { name: '确定' }))
    await screen.findByText('请写明理由')
    expect(onClose).not.toHaveBeenCalled()
    await userEvent.click(screen.getByRole('button', { name: '确定' }))
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    expect(confirm.mock.calls).toEqual([['不属本单位'], ['不属本单位']])
  })
})
