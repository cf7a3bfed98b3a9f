import type { Page } from '@playwright/test'
import { expect, test } from '../harness/test'

/**
 * Pages of the console, by who looks at them; `*` is the first row of the page before it, `+/…` a
 * page below the one that is open.
 */
const places: Record<string, string[]> = {
  dispatcher: ['/workbench', '/casework/cases', '*', '/casework/callbacks', '/casework/catalogue'],
  analyst: ['/insight/rates', '/insight/windows', '*'],
  system_admin: ['/system/institutions', '/system/settings'],
  security_admin: ['/system/staff'],
  custodian: ['/workbench/identity'],
  campaign: [
    '/campaign/list?state=running',
    '*',
    '+/returns',
    '*',
    '/campaign/list',
    '*',
    '+/institutions',
    '/campaign/list',
    '*',
    '+/plan',
    '/campaign/new',
    '/inspection/forms',
    '*',
    '+/answers',
  ],
  inspector: [
    '/inspection/tasks',
    '*',
    '/inspection/plans',
    '*',
    '/inspection/draws',
    '*',
    '/inspection/targets',
    '*',
    '/inspection/officers',
    '*',
    '/inspection/items',
  ],
  supervisor: ['/inspection/problems', '*', '/inspection/hazards', '/inspection/problem-entry'],
  director: [
    '/inspection/penalties',
    '*',
    '/inspection/points',
    '*',
    '/inspection/credit',
    '*',
    '/inspection/transfers',
    '*',
    '/publish/sanctions',
    '*',
  ],
}

/** Waits until nothing of the page is still being fetched. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1')).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(page.locator('.ant-skeleton-active, .ant-spin-spinning')).toHaveCount(0)
}

for (const [role, paths] of Object.entries(places)) {
  test(`what the ${role} sees of the console is accessible`, {
    // These two show every page in both sizes and both languages.
    tag: ['@desktop-zh', '@phone-en'],
  }, async ({ page, signIn, expectAccessible }) => {
    await signIn(page, role)
    for (const path of paths) {
      await test.step(path, async () => {
        if (path === '*') {
          const list = page.url()
          await page.locator('tr[data-row-key] a, .qf-card a').first().click()
          await expect(page).not.toHaveURL(list)
        } else if (path.startsWith('+')) {
          await page.goto(page.url() + path.slice(1))
        } else {
          await page.goto(`/console${path}`)
        }
        await settled(page)
        await expectAccessible(page)
      })
    }
  })
}
