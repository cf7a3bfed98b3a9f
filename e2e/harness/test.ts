import { join } from 'node:path'
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import { Axe } from './axe'
import { City } from './city'
import { signIn, speak } from './console'
import type { Limits } from './program'
import { watch } from './watch'

/** What a spec file may choose with `test.use({ … })` at its top. */
export type CityOptions = {
  /** Whether the city keeps its limits; they are off where a spec file does not ask for them. */
  limits: Limits
  /** Whether the city's address is a name, as passkeys need one. */
  named: boolean
}

type Shared = CityOptions & {
  /** The demo city of this worker. Tests share it: make what you need, and expect others' cases. */
  city: City
}

type Own = {
  /** A city that no other test sees, where one has to change the rules or the time. */
  ownCity: City
  /** The language of the project, as the page's `lang` says it. */
  lang: 'zh-CN' | 'en'
  /** Picks the text of the project's language. */
  t: (zh: string, en: string) => string
  /** A page in another browser: a second person, with another viewport if wanted. */
  someone: (options?: BrowserContextOptions) => Promise<Page>
  /** Signs a page in as the demo's person of a role; the sign-in form has a test of its own. */
  signIn: (page: Page, role: string) => Promise<void>
  /** Fails when axe-core finds something serious or critical on the page as it stands. */
  expectAccessible: (page: Page) => Promise<void>
  /** Fails the test when a page asked a third party, threw, or broke its own policy. */
  watched: (context: BrowserContext) => void
}

/** `test` of every spec file: the browser's tools, and a running city. */
export const test = base.extend<Own, Shared>({
  limits: ['off', { scope: 'worker', option: true }],
  named: [false, { scope: 'worker', option: true }],

  city: [
    async ({ limits, named }, provide, worker) => {
      const log = `city-${worker.project.name}-${worker.workerIndex}.log`
      const city = await City.start(join(worker.project.outputDir, log), limits, named)
      await provide(city)
      await city.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  ownCity: async ({ limits }, provide, info) => {
    const city = await City.start(info.outputPath('city.log'), limits)
    await provide(city)
    await city.stop()
  },

  baseURL: async ({ city }, provide) => {
    await provide(city.baseURL)
  },

  lang: async ({ locale }, provide) => {
    await provide(locale === 'en' ? 'en' : 'zh-CN')
  },

  t: async ({ lang }, provide) => {
    await provide((zh, en) => (lang === 'en' ? en : zh))
  },

  watched: async ({}, provide) => {
    const seen: string[][] = []
    await provide((context) => {
      seen.push(watch(context))
    })
    expect(seen.flat(), 'what pages did that they may not do').toEqual([])
  },

  context: async ({ context, watched }, provide) => {
    watched(context)
    await provide(context)
  },

  someone: async ({ browser, watched }, provide) => {
    const contexts: BrowserContext[] = []
    await provide(async (options) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      watched(context)
      return context.newPage()
    })
    await Promise.all(contexts.map((c) => c.close()))
  },

  expectAccessible: async ({ browser, javaScriptEnabled }, provide) => {
    const axe = new Axe(browser, javaScriptEnabled !== false)
    await provide((page) => axe.check(page))
    await axe.close()
  },

  signIn: async ({ city, lang }, provide) => {
    await provide(async (page, role) => {
      await speak(page, lang)
      await signIn(page, city, role)
    })
  },
})

export { expect }
