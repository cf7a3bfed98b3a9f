import type { Page } from '@playwright/test'
import { expect, test } from '../harness/test'

/** A page of the console: who looks at it, where it is, and what shows that it is there. */
type Place = { role: string; path: string; ready: string }

const places: Place[] = [
  { role: 'dispatcher', path: '/workbench', ready: 'table tbody tr[data-row-key], .qf-card' },
  { role: 'dispatcher', path: '/casework/cases', ready: 'tr[data-row-key], .qf-card' },
  { role: 'dispatcher', path: '/casework/callbacks', ready: 'tr[data-row-key], .qf-card' },
  { role: 'dispatcher', path: '/casework/catalogue', ready: 'h1' },
  { role: 'analyst', path: '/insight/rates', ready: 'tr[data-row-key], .qf-card' },
  { role: 'analyst', path: '/insight/windows', ready: 'tr[data-row-key], .qf-card' },
  { role: 'system_admin', path: '/system/institutions', ready: 'tr[data-row-key], .qf-card' },
  { role: 'system_admin', path: '/system/settings', ready: 'tr[data-row-key], .qf-card' },
  { role: 'security_admin', path: '/system/staff', ready: 'tr[data-row-key], .qf-card' },
]

/** Waits until nothing of the page is still being fetched. */
async function settled(page: Page, ready: string): Promise<void> {
  await page.locator(ready).first().waitFor()
  await expect(page.locator('.ant-skeleton-active, .ant-spin-spinning')).toHaveCount(0)
}

for (const { role, path, ready } of places) {
  test(`the console's page ${path} is accessible`, { tag: ['@desktop', '@phone'] }, async ({
    page,
    signIn,
    expectAccessible,
  }) => {
    await signIn(page, role)
    await page.goto(`/console${path}`)
    await settled(page, ready)
    await expectAccessible(page)
  })
}

test('the page of a case is accessible', { tag: ['@desktop', '@phone'] }, async ({
  page,
  signIn,
  expectAccessible,
}) => {
  await signIn(page, 'dispatcher')
  await page.goto('/console/casework/cases')
  await page.locator('tr[data-row-key] a, .qf-card a').first().click()
  await expect(page).toHaveURL(/\/casework\/cases\/[0-9a-f-]+/)
  await settled(page, '.qf-record-header')
  await expectAccessible(page)
})

test('the monthly pack is accessible', { tag: ['@desktop', '@phone'] }, async ({
  page,
  signIn,
  expectAccessible,
}) => {
  await signIn(page, 'analyst')
  await page.goto('/console/insight/windows')
  await page.locator('tr[data-row-key] a, .qf-card a').first().click()
  await expect(page).toHaveURL(/\/insight\/windows\/.+/)
  await settled(page, 'h1')
  await expectAccessible(page)
})
