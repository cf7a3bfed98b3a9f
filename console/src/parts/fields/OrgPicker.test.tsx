import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { type Asked, problem } from '@/test/fakeFetch'
import { renderPart } from '@/test/renderPart'
import { OrgPicker } from './OrgPicker'

const district = { id: '990102', name: '东城区', kind: 'region', leaf: false }
const hospital = { id: 'o2', name: '市第一医院', kind: 'institution', leaf: true }

function show(value?: string) {
  const onChange = vi.fn()
  const shown = renderPart(<OrgPicker label="单位" value={value} onChange={onChange} />, {
    'GET /api/v1/org/tree': ({ query }: Asked) => ({
      body: query.get('node') ? [hospital] : [district],
    }),
    'GET /api/v1/org/units': () => ({ body: { items: [hospital] } }),
    'GET /api/v1/org/units/o2': () => ({ body: hospital }),
    'GET /api/v1/org/units/o9': () => problem(404, '没有找到'),
  })
  return { onChange, ...shown }
}

describe('OrgPicker', () => {
  it('asks for the name of what it is given', async () => {
    show('o2')
    expect(await screen.findByText('市第一医院')).toBeTruthy()
  })

  it('shows a unit that the person may not see as a dash', async () => {
    show('o9')
    expect(await screen.findByText('—')).toBeTruthy()
  })

  it('searches on the server and hands over the id', async () => {
    const { onChange, asked } = show()
    await userEvent.type(screen.getByRole('combobox'), '第一')
    await waitFor(() => expect(asked.at(-1)?.query.get('q')).toBe('第一'))
    await userEvent.click(await screen.findByText('市第一医院'))
    expect(onChange).toHaveBeenCalledWith('o2')
  })

  it('stands open at its first level, whose regions cannot be chosen', async () => {
    const { onChange, asked } = show()
    await userEvent.click(screen.getByRole('combobox'))
    await userEvent.click(await screen.findByText('东城区'))
    expect(onChange).not.toHaveBeenCalled()
    await userEvent.click(await screen.findByText('市第一医院'))
    expect(asked.some((one) => one.query.get('node') === '990102')).toBe(true)
    expect(onChange).toHaveBeenCalledWith('o2')
  })
})
