import type { Page } from '@playwright/test'
import { fillIn, send, track } from '../harness/citizen'
import { expect, test } from '../harness/test'

/**
 * What axe-core finds does not hang on the language but for the length of words, so each way to
 * look at a page speaks one.
 */
const tag = ['@phone-en', '@desktop-zh', '@nojs-zh']

/** Looks at the page as it stands, and once more in large type. */
async function look(page: Page, expectAccessible: (page: Page) => Promise<void>): Promise<void> {
  await expectAccessible(page)
  await page.locator('[data-switch=large]').click()
  await expect(page.locator('html.large')).toBeAttached()
  await expectAccessible(page)
}

for (const path of [
  '/',
  '/q/',
  '/r',
  '/directory',
  '/privacy',
  '/log',
  '/public',
  '/public/campaigns',
  '/public/draws',
  '/public/check',
  '/public/inspections',
  '/public/sanctions',
  '/q/unknowncode',
  '/nowhere',
]) {
  test(`the page ${path} is accessible`, { tag }, async ({ page, expectAccessible }) => {
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(path === '/nowhere' ? 404 : 200)
    await look(page, expectAccessible)
  })
}

for (const list of ['/public/campaigns', '/public/draws', '/public/sanctions']) {
  test(`a page of ${list} is accessible`, { tag }, async ({ page, expectAccessible }) => {
    await page.goto(list)
    await page.locator(`main a[href^="${list}/"]`).first().click()
    await look(page, expectAccessible)
    if (list !== '/public/draws') return
    await page.goto(`${page.url().replace(/[?#].*/, '')}/check`)
    await expectAccessible(page)
  })
}

test('the report form is accessible at each of its steps', { tag }, async ({
  page,
  city,
  expectAccessible,
  javaScriptEnabled,
}) => {
  await page.goto(`/q/${city.reportToken}`)
  await look(page, expectAccessible)
  const next = page.locator('.step.now .next')
  await page.locator('.card:has(input[value=D])').click()
  await page.locator('#narrative').fill('…')
  if (javaScriptEnabled === false) return
  for (let step = 0; step < 5 && (await next.isVisible()); step++) {
    await expectAccessible(page)
    await next.click()
  }
  await expectAccessible(page)
})

test('the pages of a refusal, a receipt and a case are accessible', { tag }, async ({
  page,
  city,
  t,
  expectAccessible,
}) => {
  const narrative = t(
    '收费单上有一项没有做过的检查。',
    'The bill lists a test that was never done.',
  )
  await page.goto(`/q/${city.reportToken}?large=1`)
  await fillIn(page, t, { category: 'D', narrative })
  await expectAccessible(page)
  const receipt = await send(page, t)
  await expectAccessible(page)
  await page.goto('/r')
  await page.locator('#r').fill('0000111122223333')
  await page.locator('form.ask button').click()
  await expect(page.locator('#wrong')).toBeVisible()
  await expectAccessible(page)
  await track(page, t, receipt)
  await page.locator('#text').fill(t('有结果了吗？', 'Any news?'))
  await page.locator('form[action^="/r/message"] button').click()
  await expect(page.locator('.talk .said')).toHaveCount(1)
  for (const folded of await page.locator('summary').all()) await folded.click()
  await expectAccessible(page)
})
