import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>

/** Looks at pages with axe-core, for the length of a test. */
export class Axe {
  private copy?: Page

  /** scripted tells whether the pages may run scripts. */
  constructor(
    private readonly browser: Browser,
    private readonly scripted: boolean,
  ) {}

  /**
   * Fails when axe-core finds something serious or critical on the page as it
   * stands: open the menus and dialogues that should be looked at first.
   */
  async check(page: Page): Promise<void> {
    const { violations } = await analyze(this.scripted ? page : await this.copyOf(page))
    const grave = violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
    expect.soft(grave, `what axe-core holds against ${page.url()}`).toEqual([])
  }

  /** Forgets the copies. */
  async close(): Promise<void> {
    await this.copy?.context().close()
  }

  /**
   * axe-core is a script itself, so it looks at a copy of the page in a browser
   * that may run scripts. The page's own stay switched off, and what it says to
   * browsers without scripts stays on the page.
   */
  private async copyOf(page: Page): Promise<Page> {
    const body = (await page.content()).replaceAll(/<\/?noscript[^>]*>/g, '')
    this.copy ??= await this.browser.newPage({ javaScriptEnabled: true })
    const { copy } = this
    const size = page.viewportSize()
    if (size) await copy.setViewportSize(size)
    await copy.context().clearCookies()
    await copy.context().addCookies(await page.context().cookies())
    await copy.unrouteAll()
    await copy.route(page.url(), (route) =>
      route.fulfill({
        body,
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': "script-src 'none'" },
      }),
    )
    // From one address with a # to the same one, a browser would only scroll.
    await copy.goto('about:blank')
    await copy.goto(page.url())
    return copy
  }
}

/**
 * Axe-core's other mode opens one more page for each look, for the sake of frames
 * of other origins, which no page of Qingfeng has or may have. What was found in
 * order is read by nobody, so it need not be described.
 */
function analyze(page: Page): Promise<Results> {
  return new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze()
}
