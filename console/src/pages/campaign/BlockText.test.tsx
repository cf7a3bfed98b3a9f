import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { tester } from '@/test/renderConsole'
import { renderPart } from '@/test/renderPart'
import { BlockText } from './BlockText'

const fact = { text: '已检查机构', used: false, changed: false }

const facts = [
  { ...fact, name: 'inspected', mark: '已检查', value: '12', now: '15' },
  { ...fact, name: 'row_cases', mark: '立案（起）', text: '立案', value: '', now: '7' },
]

function Held() {
  const [text, setText] = useState('已检查家，[[unknown]]。')
  return <BlockText id="text" value={text} onChange={setText} facts={facts} />
}

it('puts a figure in at the cursor, and says what is printed', async () => {
  renderPart(<Held />, {}, tester)
  const field = screen.getByRole<HTMLTextAreaElement>('textbox')
  expect(screen.queryByText(/印出来是/)).toBeNull()
  field.setSelectionRange(3, 3)
  await userEvent.click(screen.getByRole('combobox', { name: '插入数据' }))
  await userEvent.click(await screen.findByText('[[已检查]] 已检查机构：15'))
  expect(field.value).toBe('已检查[[已检查]]家，[[unknown]]。')
  // A value that was taken stands; what is no figure stays as it was typed.
  expect(screen.getByText(/印出来是/).textContent).toContain('已检查12家，[[unknown]]。')
})

it('knows a figure by either of its names', () => {
  const text = '[[row_cases]]起、[[ 立案（起） ]]起'
  renderPart(<BlockText value={text} facts={facts} />, {}, tester)
  expect(screen.getByText(/印出来是/).textContent).toContain('7起、7起')
})
