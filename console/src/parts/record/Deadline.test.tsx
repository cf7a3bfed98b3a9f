import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ClockContext } from '@/time/useNow'
import { Deadline } from './Deadline'

const hour = 3_600_000

function show(props: Partial<Parameters<typeof Deadline>[0]>, now: number) {
  render(
    <ClockContext value={() => now}>
      <Deadline from={0} due={10 * hour} {...props} />
    </ClockContext>,
  )
}

describe('Deadline', () => {
  it.each([
    ['剩 5 小时', 5 * hour, 'calm', 'clock-circle'],
    ['剩 1 小时', 9 * hour, 'soon', 'warning'],
    ['已超 2 小时', 12 * hour, 'overdue', 'exclamation-circle'],
  ])('says "%s" with its own look and icon', (words, now, look, icon) => {
    show({}, now)
    const shown = screen.getByText(words)
    expect(shown.className).toContain(`qf-deadline-${look}`)
    expect(screen.getByRole('img', { name: icon })).toBeTruthy()
  })

  it('stands still once the work is done', () => {
    show({ doneAt: 9 * hour }, 500 * hour)
    expect(screen.getByText('按期')).toBeTruthy()
  })

  it('says by how much finished work was late, in another manner than of what is still open', () => {
    show({ doneAt: 12 * hour }, 500 * hour)
    const shown = screen.getByText('已办，晚了 2 小时')
    expect(shown.className).toContain('qf-deadline-late')
    expect(screen.getByRole('img', { name: 'history' })).toBeTruthy()
  })

  it('does not count while paused', () => {
    show({ paused: true }, 500 * hour)
    expect(screen.getByText('计时暂停')).toBeTruthy()
  })

  it('shows a dash without a deadline', () => {
    show({ due: undefined }, 0)
    expect(screen.getByText('—')).toBeTruthy()
  })
})
