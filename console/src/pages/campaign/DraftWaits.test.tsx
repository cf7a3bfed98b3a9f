import { expect, it } from 'vitest'
import { tester } from '@/test/renderConsole'
import { renderPart } from '@/test/renderPart'
import { DraftWaits } from './DraftWaits'

it.each([
  [['周敏', '何平'], '等待周敏、何平签发'],
  [[], '没有分管领导的账号'],
])('says for whom a draft waits, and what to do where there is nobody', (names, says) => {
  const of = { since: '2026-08-01T09:00:00+08:00', for: names }
  renderPart(<DraftWaits of={of} until="签发" />, {}, tester)
  expect(document.body.textContent).toContain(says)
})
