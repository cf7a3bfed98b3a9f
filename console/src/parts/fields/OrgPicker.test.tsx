import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import type { Asked } from '@/test/fakeFetch'
import { renderPart } from '@/test/renderPart'
import { OrgPicker } from './OrgPicker'

const units = [
  { id: 'o1', name: '东城区', kind: 'region', has_children: true },
  { id: 'o2', name: '市第一医院', kind: 'hospital', has_children: false },
]

function show(value?: string) {
  const onChange = vi.fn()
  const shown = renderPart(<OrgPicker label="单位" value={value} onChange={onChange} />, {
    'GET /api/v1/org/units': ({ query }: Asked) => {
      const ids = query.getAll('id')
      const q = query.get('q')
      const items = units.filter((unit) =>
        ids.length > 0 ? ids.includes(unit.id) : !q || unit.name.includes(q),
      )
      return { body: { items } }
    },
  })
  return { onChange, ...shown }
}

describe('OrgPicker', () => {
  it('asks for the name of what it is given', async () => {
    show('o2')
    expect(await screen.findByText('市第一医院')).toBeTruthy()
  })

  it('searches on the server and hands over the id', async () => {
    const { onChange, asked } = show()
    await userEvent.type(screen.getByRole('combobox'), '第一')
    await waitFor(() => expect(asked.at(-1)?.query.get('q')).toBe('第一'))
    await userEvent.click(await screen.findByText('市第一医院'))
    expect(onChange).toHaveBeenCalledWith('o2')
  })
})
