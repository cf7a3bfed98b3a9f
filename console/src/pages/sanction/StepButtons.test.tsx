import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { renderPart } from '@/test/renderPart'
import { penaltySteps } from './forms'
import { StepButtons } from './StepButtons'

it.each([
  [['ask-hearing', 'decide', 'drop'], '作出决定'],
  [['pay', 'hold', 'change'], '登记缴款'],
  [['execute', 'hold', 'change'], '执行完毕'],
])('of %j offers first what the office does next', (names, first) => {
  const actions = names.map((name) => ({ name }))
  renderPart(<StepButtons actions={actions} forms={penaltySteps} onStep={vi.fn()} />)
  expect(screen.getByRole('button', { name: first }).className).toContain('ant-btn-primary')
  expect(screen.getAllByRole('button')).toHaveLength(2)
})
