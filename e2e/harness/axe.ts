import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>

/**
 * Fails when axe-core finds something serious or critical on the page as it
 * stands: open the menus and dialogues that should be looked at first.
 */
export async function checkAccessible(page: Page, scripted: boolean): Promise<void> {
  const { violations } = scripted ? await analyze(page) : await analyzeUnscripted(page)
  const grave = violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
  expect.soft(grave, `what axe-core holds against ${page.url()}`).toEqual([])
}

function analyze(page: Page): Promise<Results> {
  return new AxeBuilder({ page }).analyze()
}

/**
 * axe-core is a script itself, so it looks at a copy of the page in a browser
 * that may run scripts. The page's own stay switched off, and what it says to
 * browsers without scripts stays on the page.
 */
async function analyzeUnscripted(page: Page): Promise<Results> {
  const body = (await page.content()).replaceAll(/<\/?noscript[^>]*>/g, '')
  const browser = page.context().browser()
  if (!browser) throw new Error('the page belongs to no browser')
  const context = await browser.newContext({
    javaScriptEnabled: true,
    storageState: await page.context().storageState(),
    viewport: page.viewportSize(),
  })
  try {
    const copy = await context.newPage()
    await copy.route(page.url(), (route) =>
      route.fulfill({
        body,
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': "script-src 'none'" },
      }),
    )
    await copy.goto(page.url())
    return await analyze(copy)
  } finally {
    await context.close()
  }
}
