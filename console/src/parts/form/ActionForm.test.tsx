import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Form, Input } from 'antd'
import { describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { tester } from '@/test/renderConsole'
import { renderPart } from '@/test/renderPart'
import { ActionForm, type ActionFormProps } from './ActionForm'

interface Values {
  title?: string
  secret?: string
}

type Options = Partial<ActionFormProps<Values, unknown>> & { user?: string }

function show({ user = 'u1', ...options }: Options = {}) {
  const submit = options.submit ?? vi.fn(() => Promise.resolve())
  const part = (
    <ActionForm<Values, unknown> name="case" secret={['secret']} {...options} submit={submit}>
      <Form.Item name="title" label="题目">
        <Input />
      </Form.Item>
      <Form.Item name="secret" label="口令">
        <Input />
      </Form.Item>
    </ActionForm>
  )
  return { submit, ...renderPart(part, {}, { ...tester, id: user }) }
}

const title = () => screen.getByLabelText<HTMLInputElement>('题目')
const send = () => userEvent.click(screen.getByRole('button', { name: '提交' }))

function refusal(...errors: [string, string][]) {
  return new ApiProblem({
    status: 422,
    title: '还不能登记',
    errors: errors.map(([location, message]) => ({ location, message })),
  })
}

describe('ActionForm', () => {
  it('shows refusals at their fields, the rest above the buttons, and keeps what was typed', async () => {
    const submit = vi.fn(() =>
      Promise.reject(refusal(['body.title', '题目太短'], ['body.elsewhere', '还缺附件'])),
    )
    show({ submit })
    await userEvent.type(title(), '甲')
    await send()
    const item = (await screen.findByText('题目太短')).closest('.ant-form-item')
    expect(item?.contains(title())).toBe(true)
    expect(screen.getByRole('alert').textContent).toContain('还缺附件')
    expect(title().value).toBe('甲')
  })

  it('shows nothing of the last try beside what is wrong with the next', async () => {
    const tries = [refusal(['body.secret', '两处不一致']), refusal(['body.title', '题目太短'])]
    show({ submit: vi.fn(() => Promise.reject(tries.shift())) })
    await send()
    await screen.findByText('两处不一致')
    await userEvent.type(title(), '甲') // which mends the other field
    await send()
    await screen.findByText('题目太短')
    await waitFor(() => expect(screen.queryByText('两处不一致')).toBeNull())
  })

  it('sends once when it is pressed twice at once, and again once that is over', async () => {
    const refuse: (() => void)[] = []
    const submit = vi.fn(() => new Promise((_, reject) => refuse.push(() => reject(refusal()))))
    show({ submit })
    const form = title().form as HTMLFormElement
    fireEvent.submit(form)
    // The second press comes before the page has drawn that the first one is under way.
    while (submit.mock.calls.length === 0) await Promise.resolve()
    fireEvent.submit(form)
    for (const one of refuse) one()
    await screen.findByText('还不能登记')
    expect(submit).toHaveBeenCalledTimes(1)
    fireEvent.submit(form)
    await waitFor(() => expect(submit).toHaveBeenCalledTimes(2))
  })

  it('does not say the same twice when the one complaint stands at its field', async () => {
    show({
      submit: () =>
        Promise.reject(
          new ApiProblem({
            status: 422,
            title: '题目太短',
            errors: [{ location: 'body.title', message: '题目太短' }],
          }),
        ),
    })
    await send()
    await screen.findByText('题目太短')
    expect(screen.getAllByText('题目太短')).toHaveLength(1)
  })

  it('takes a refusal away when its field is changed', async () => {
    show({ submit: () => Promise.reject(refusal(['body.title', '题目太短'])) })
    await send()
    await screen.findByText('题目太短')
    await userEvent.type(title(), '甲')
    await waitFor(() => expect(screen.queryByText('题目太短')).toBeNull())
  })

  it('puts back what was typed, but never a secret', async () => {
    const { unmount } = show()
    await userEvent.type(title(), '甲乙丙')
    await userEvent.type(screen.getByLabelText('口令'), 'hunter2')
    unmount()
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('hunter2')
    show()
    expect(title().value).toBe('甲乙丙')
    expect(screen.getByText('已恢复上次没有提交的内容')).toBeTruthy()
  })

  it('shows one person’s draft to nobody else', async () => {
    const { unmount } = show()
    await userEvent.type(title(), '甲乙丙')
    unmount()
    show({ user: 'u2' })
    expect(title().value).toBe('')
  })

  it('goes back to the start when the draft is discarded', async () => {
    const { unmount } = show()
    await userEvent.type(title(), '甲')
    unmount()
    show({ initial: { title: '原题' } })
    await userEvent.click(screen.getByRole('button', { name: '丢弃' }))
    expect(title().value).toBe('原题')
    expect(sessionStorage).toHaveLength(0)
  })

  it('forgets the draft once the server has accepted, not before', async () => {
    const answers = [() => Promise.reject(refusal(['body.title', '太短'])), () => Promise.resolve()]
    const onDone = vi.fn()
    show({ submit: () => answers.shift()?.() ?? Promise.resolve(), onDone })
    await userEvent.type(title(), '甲')
    await send()
    await screen.findByText('太短')
    expect(sessionStorage).toHaveLength(1)
    await send()
    await waitFor(() => expect(onDone).toHaveBeenCalled())
    expect(sessionStorage).toHaveLength(0)
  })

  it('is sent by Ctrl-Enter', async () => {
    const { submit } = show()
    await userEvent.type(title(), '甲{Control>}{Enter}{/Control}')
    await waitFor(() => expect(submit).toHaveBeenCalledOnce())
    expect(vi.mocked(submit).mock.calls[0]?.[0]).toMatchObject({ title: '甲' })
  })
})
