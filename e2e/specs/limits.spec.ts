import { expect, test } from '../harness/test'

test.use({ limits: 'on' })

test('who guesses at receipts is told to wait, on a page that anybody can use', {
  tag: ['@nojs'],
}, async ({ page, t, expectAccessible }) => {
  const guess = async () => {
    await page.goto('/r')
    await page.locator('#r').fill('4444333322221111')
    const answer = page.waitForResponse((r) => r.request().method() === 'POST')
    await page.locator('form.ask button').click()
    return (await answer).status()
  }
  const statuses: number[] = []
  while (statuses.length < 40 && !statuses.includes(429)) statuses.push(await guess())
  expect(statuses.at(-1)).toBe(429)
  expect(statuses.filter((s) => s !== 429).every((s) => s === 404)).toBe(true)
  await expect(page.locator('.refusal h1')).toBeVisible()
  await expect(page.locator('.refusal')).toContainText(t('秒后再试', 'try again in'))
  await expectAccessible(page)
})
