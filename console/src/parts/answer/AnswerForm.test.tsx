import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { renderPart } from '@/test/renderPart'
import { AnswerForm } from './AnswerForm'
import type { AnswerFiles } from './AnswerValue'
import type { Answers, FieldSchema, FormSchema } from './schema'

const label = (zh: string) => ({ zh, en: zh })
const yesNo: FieldSchema = {
  'x-kind': 'choice',
  'x-label': label('是否收受红包'),
  'x-options': [
    { code: 'yes', zh: '是', en: 'yes' },
    { code: 'no', zh: '否', en: 'no' },
  ],
}

function formOf(properties: Record<string, FieldSchema>, required: string[] = []): FormSchema {
  return {
    'x-title': label('回访'),
    'x-sections': [{ ...label('内容'), fields: Object.keys(properties) }],
    properties,
    required,
  }
}

const callback = formOf(
  {
    gift: yesNo,
    amount: {
      'x-kind': 'money',
      'x-label': label('金额'),
      'x-when': { field: 'gift', equals: 'yes', required: true },
    },
    half: {
      'x-kind': 'computed',
      'x-label': label('一半'),
      'x-formula': 'amount / 2',
      'x-of': 'money',
    },
  },
  ['gift'],
)

function show(
  schema: FormSchema,
  props: { start?: Answers; strict?: boolean; readOnly?: boolean; files?: AnswerFiles } = {},
) {
  let now: Answers = props.start ?? {}
  const Held = () => {
    const [value, setValue] = useState(now)
    now = value
    return <AnswerForm schema={schema} value={value} onChange={setValue} {...props} />
  }
  renderPart(<Held />)
  return () => now
}

describe('AnswerForm', () => {
  it('asks what a condition asks for, and takes the answer out when it is asked no more', async () => {
    const answers = show(callback)
    expect(screen.queryByLabelText('金额')).toBeNull()
    await userEvent.click(screen.getByLabelText('是'))
    await userEvent.type(screen.getByLabelText('金额'), '8.07')
    expect(answers()).toEqual({ gift: 'yes', amount: 807 })
    await userEvent.click(screen.getByLabelText('否'))
    expect(answers()).toEqual({ gift: 'no' })
  })

  it('computes while one types, in the unit of the form', async () => {
    show(callback, { start: { gift: 'yes' } })
    await userEvent.type(screen.getByLabelText('金额'), '300')
    expect(screen.getByText('150 元')).toBeTruthy()
  })

  it('shows what is computed of answers that no server has seen, and what one computed', () => {
    show(callback, { readOnly: true, start: { gift: 'yes', amount: 30_000 } })
    expect(screen.getByText('150 元')).toBeTruthy()
    show(callback, { readOnly: true, start: { gift: 'yes', amount: 30_000, half: 7_000 } })
    expect(screen.getByText('70 元')).toBeTruthy()
  })

  it('keeps and refuses what is too fine instead of rounding it', async () => {
    const answers = show(callback, { start: { gift: 'yes' } })
    await userEvent.type(screen.getByLabelText('金额'), '1.005')
    expect(answers().amount).toBe(100.5)
    expect(screen.getByText('最多 2 位小数')).toBeTruthy()
  })

  it('is quiet about what nobody has touched, until it is strict', () => {
    show(callback)
    expect(screen.queryByText('请填写“是否收受红包”')).toBeNull()
    show(callback, { strict: true })
    expect(screen.getByText('请填写“是否收受红包”')).toBeTruthy()
  })

  it('takes a typed name for a signature', async () => {
    const answers = show(formOf({ sign: { 'x-kind': 'signature', 'x-label': label('签名') } }))
    await userEvent.type(screen.getByLabelText('签名'), '张三')
    expect(answers()).toEqual({ sign: { name: '张三' } })
  })

  it('shows answers to be read, with options that are not offered any more', () => {
    const old = {
      ...yesNo,
      'x-options': [{ code: 'old', zh: '不清楚', en: 'unclear', retired: true }],
    }
    show(
      formOf({
        gift: old,
        n: { 'x-kind': 'number', 'x-label': label('床位'), 'x-unit': label('张') },
      }),
      {
        readOnly: true,
        start: { gift: 'old', n: 1200.5 },
      },
    )
    expect(screen.getByText('不清楚')).toBeTruthy()
    expect(screen.getByText('1,200.5 张')).toBeTruthy()
  })

  it('opens the files that answers name where they are known', () => {
    const asked = formOf({
      bill: { 'x-kind': 'file', 'x-label': label('票据') },
      sign: { 'x-kind': 'signature', 'x-label': label('签名') },
      typed: { 'x-kind': 'signature', 'x-label': label('陪同') },
    })
    const start = { bill: ['u1', 'u2', 'u4'], sign: { file: 'u3' }, typed: { name: '张三' } }
    show(asked, { readOnly: true, start })
    expect(screen.getByText('3 个文件')).toBeTruthy()
    expect(screen.queryByRole('link')).toBeNull()
    const files = {
      u1: { name: '收据.png', url: '/f1' },
      u3: { name: 's.png', url: '/f3' },
      u4: { name: '新.png', url: '/f4', withheld: label('处理中') },
    }
    show(asked, { readOnly: true, start, files })
    expect(screen.getByText('收据.png').getAttribute('href')).toBe('/f1')
    expect(screen.getByText('未能找到的文件').closest('a')).toBeNull()
    expect(screen.getByText('新.png · 处理中').closest('a')).toBeNull()
    expect(screen.getByRole('link', { name: '已签名' }).getAttribute('href')).toBe('/f3')
    expect(screen.getAllByText('张三')).toHaveLength(2)
  })
})
