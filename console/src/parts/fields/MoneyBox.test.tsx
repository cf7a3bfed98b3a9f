import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { renderPart } from '@/test/renderPart'
import { MoneyBox } from './MoneyBox'
import { spokenAmount } from './spoken'

function show(wan = false) {
  let now: number | undefined
  const Held = () => {
    const [fen, setFen] = useState<number>()
    now = fen
    return <MoneyBox value={fen} onChange={setFen} wan={wan} strict />
  }
  renderPart(<Held />)
  return { fen: () => now, box: screen.getByRole('spinbutton') }
}

describe('MoneyBox', () => {
  it('asks which unit is meant and takes nothing until it is told', async () => {
    const { fen, box } = show()
    await userEvent.type(box, '5万元')
    expect(screen.getByText('此处单位是元，写的却是“5 万元”，是哪一个？')).toBeTruthy()
    expect(fen()).toBeUndefined()
    await userEvent.tab()
    expect(screen.getByRole('alert')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '5 万元（50000 元）' }))
    expect(fen()).toBe(5_000_000)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('takes the mere number when that is meant', async () => {
    const { fen, box } = show(true)
    await userEvent.type(box, '3310000元')
    expect(screen.getByRole('button', { name: '3310000 元（331 万元）' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '3310000 万元' }))
    expect(fen()).toBe(3_310_000_000_000)
  })

  it('reads its own unit and a mere number without a question', async () => {
    const { fen, box } = show()
    await userEvent.type(box, '1,234.5元')
    expect(fen()).toBe(123_450)
    expect(screen.queryByRole('alert')).toBeNull()
    await userEvent.clear(box)
    await userEvent.type(box, '8.07')
    expect(fen()).toBe(807)
  })
})

describe('spokenAmount', () => {
  it('reads an amount with its unit, and nothing else', () => {
    expect(spokenAmount('￥1,200.5 万')).toEqual({ number: 1200.5, unit: '万', per: 1_000_000 })
    for (const mere of ['5', '5.2', '五万元', '5箱', '']) expect(spokenAmount(mere)).toBeUndefined()
  })
})
