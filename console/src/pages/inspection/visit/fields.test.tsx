import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderPart } from '@/test/renderPart'
import { PhotosField } from './PhotosField'
import { ProblemsField } from './ProblemsField'
import { SignaturesField } from './SignaturesField'
import { VisitView } from './VisitView'
import type { PackedTask, VisitDetail } from './visit'

const file = new Blob(['x'], { type: 'image/png' })
const team = [
  { officer_id: 'one', staff_id: 'me', name: '王芳' },
  { officer_id: 'two', staff_id: '', name: '李明' },
] as PackedTask['team']

/** What a visit with a photo, a problem that is past its day, and a signature shows. */
function show(disabled: boolean, unsigned = false) {
  const found = [{ category: 'V0606', text: '未公示价格', due_on: '2020-01-01' }]
  const signed = { two: { file } }
  const props = { disabled, onChange: vi.fn() }
  renderPart(
    <>
      <PhotosField photos={[{ name: 'a.png', file }]} {...props} />
      <ProblemsField found={found} violations={[]} {...props} />
      <SignaturesField team={team} me="me" signed={signed} unsigned={unsigned} {...props} />
    </>,
  )
}

test('what is open can be changed, and a day before today is refused where it stands', () => {
  show(false, true)
  expect(screen.getByText('整改期限不能早于今天')).toBeTruthy()
  expect(screen.getByText(/原来的签名已作废/)).toBeTruthy()
  for (const name of ['删 ?去', '删去这一条', '添加问题', '重新签名']) {
    expect(screen.getByRole('button', { name: new RegExp(`^${name}$`) })).toBeTruthy()
  }
})

test('a day before today stays as it was typed, to be put right', async () => {
  const onChange = vi.fn()
  const found = [{ category: 'V0606', text: '未公示价格', due_on: '' }]
  renderPart(<ProblemsField found={found} violations={[]} disabled={false} onChange={onChange} />)
  await userEvent.type(screen.getByLabelText(/整改期限/), '2020-01-02{Enter}')
  expect(onChange).toHaveBeenLastCalledWith([{ ...found[0], due_on: '2020-01-02' }])
})

test('what was handed in is there to be read, and was right on its day', () => {
  show(true)
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.queryByText('整改期限不能早于今天')).toBeNull()
  expect(screen.queryByText('拍照或选择照片')).toBeNull()
  expect(screen.getByText('已签名')).toBeTruthy()
})

test('a drawn signature is called by who signed', () => {
  const listed = { name: 'signature.png', kind: 'image', state: 'pending', size: 1, pages: 0 }
  const visit = {
    id: 'v',
    form_id: '',
    number: 1,
    signatures: [{ officer_id: 'two', upload: 'u' }],
    files: [
      { ...listed, id: 'a', officer_id: 'two' },
      { ...listed, id: 'b', name: '大厅.png' },
    ],
  } as unknown as VisitDetail
  renderPart(<VisitView visit={visit} team={team} />)
  expect(screen.getByText(/李明的签名/)).toBeTruthy()
  expect(screen.getByText(/大厅.png/)).toBeTruthy()
  expect(screen.queryByText(/signature.png/)).toBeNull()
})
