import { expect, test } from '../harness/test'

test('the first page shows the telephone directory', async ({ page, lang, expectAccessible }) => {
  const answer = await page.goto('/')
  expect(answer?.status()).toBe(200)
  await expect(page.locator('html')).toHaveAttribute('lang', lang)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('a[href^="tel:"]').first()).toBeVisible()
  await expectAccessible(page)
})
