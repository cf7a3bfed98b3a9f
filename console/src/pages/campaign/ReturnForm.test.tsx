import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderPart } from '@/test/renderPart'
import { ReturnForm } from './ReturnForm'
import type { ReturnDetail } from './returnApi'

const report = {
  id: 'r1',
  edit: 4,
  kind: 'text',
  text: '上期报告',
  header: { filler: '', reviewer: '', phone: '' },
  lines: [],
  files: [],
  below: [],
  violations: [],
} as unknown as ReturnDetail

const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: '报告内容' })

it('keeps what was typed over a reload until the server has it, and says when it has', async () => {
  const endpoints = { 'PUT /api/v1/returns/r1': () => ({ body: { ...report, edit: 5 } }) }
  const first = renderPart(<ReturnForm of={report} />, endpoints)
  await userEvent.type(box(), '，本期检查三家')
  first.unmount()
  const second = renderPart(<ReturnForm of={report} />, endpoints)
  expect(box().value).toBe('上期报告，本期检查三家')
  await userEvent.click(screen.getByRole('button', { name: /保\s?存$/ }))
  await screen.findByText('已保存')
  second.unmount()
  renderPart(<ReturnForm of={report} />, endpoints)
  await waitFor(() => expect(box().value).toBe('上期报告'))
})

it('gives back what the server has when the draft is dropped', async () => {
  const shown = renderPart(<ReturnForm of={report} />, {})
  await userEvent.type(box(), '草稿')
  shown.unmount()
  renderPart(<ReturnForm of={report} />, {})
  await userEvent.click(screen.getByRole('button', { name: /丢\s?弃/ }))
  expect(box().value).toBe('上期报告')
})
