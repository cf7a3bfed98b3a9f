import { expect, test } from '../harness/test'
import { watch } from '../harness/watch'

const pages = ['/', '/directory', '/r', '/console/login']

test('what a page may not do is noticed', { tag: ['@phone-zh'] }, async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL })
  const seen = watch(context)
  const page = await context.newPage()
  for (const path of pages) {
    await page.goto(path)
    await expect(page.locator('body')).not.toBeEmpty()
  }
  expect(seen, 'pages as they are').toEqual([])

  const told = page.waitForEvent('console')
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "run"'
    document.body.append(script)
  })
  await told
  expect(await page.title()).not.toBe('run')
  expect(seen.join('\n')).toContain('against its own policy')
  await context.close()
})
