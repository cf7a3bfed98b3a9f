import { expect, type Locator, type Page } from '@playwright/test'
import type { T } from './citizen'
import type { City } from './city'
import { named } from './console'

/** A clue that somebody reported by name. */
export type Clue = {
  number: string
  receipt: string
  narrative: string
  name: string
  phone: string
}

/** Reports a red envelope by name, as the reporter's browser would. */
export async function reportClue(page: Page, city: City, t: T): Promise<Clue> {
  const said = {
    narrative: t(
      '手术前一天，主刀医生在走廊暗示要“表示一下”。',
      'The day before the operation the surgeon hinted at an envelope.',
    ),
    name: t('王小明', 'Wang Xiaoming'),
    phone: '15401234567',
  }
  const answer = await page.request.post(`${city.baseURL}/api/v1/public/reports`, {
    data: {
      token: city.reportToken,
      category: 'F',
      mode: 'named',
      narrative: said.narrative,
      reporter_name: said.name,
      reporter_phone: said.phone,
    },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  const { receipt, case_number } = await answer.json()
  return { ...said, receipt, number: case_number }
}

/** The block of a case that says who reported. */
export function whoReported(page: Page, t: T): Locator {
  return page
    .locator('.ant-card')
    .filter({ has: page.getByRole('heading', { name: t('诉求人', 'Who reported'), exact: true }) })
}

/** Opens the form in which the custodian is asked, and fills it in. */
export async function fillRequest(page: Page, t: T, reason: string): Promise<Locator> {
  const ask = t('申请查看姓名和电话', 'Ask to see name and telephone')
  await whoReported(page, t)
    .getByRole('button', { name: named(ask) })
    .click()
  const form = page.getByRole('dialog')
  await form.getByLabel(t('理由', 'Reason')).fill(reason)
  return form
}

/** Sends the request that was filled in. */
export async function sendRequest(form: Locator, t: T): Promise<void> {
  await form.getByRole('button', { name: named(t('提交申请', 'Send the request')) }).click()
  await expect(form).toBeHidden()
}

/** Approves the request about a case on the custodian's page. */
export async function approve(page: Page, t: T, number: string, reason: string): Promise<void> {
  const yes = named(t('批准', 'Approve'))
  const row = page.locator('tr[data-row-key], .qf-card').filter({ hasText: number })
  await row.getByRole('button', { name: yes }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(t('理由', 'Reason')).fill(reason)
  await form.getByRole('button', { name: yes }).click()
  await expect(form).toBeHidden()
}

/** Makes use of the approval. */
export async function look(page: Page, t: T): Promise<void> {
  const see = t('查看姓名和电话', 'See name and telephone')
  await whoReported(page, t)
    .getByRole('button', { name: named(see) })
    .click()
}
