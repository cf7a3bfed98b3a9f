import { defineConfig, type PlaywrightTestProject } from '@playwright/test'
import { chromium } from './harness/chromium'
import { desk, pocket } from './harness/devices'
import type { CityOptions } from './harness/test'

const zh = { locale: 'zh-CN' }
const en = { locale: 'en' }

/**
 * A test runs in every project. A test with tags runs only where its tags say:
 * `test('…', { tag: ['@phone', '@desktop'] }, …)` leaves out the browser without
 * JavaScript, for example; `@phone-en` names one project.
 */
function project(
  name: string,
  tag: string,
  use: PlaywrightTestProject<CityOptions>['use'],
): PlaywrightTestProject<CityOptions> {
  const untagged = '^(?!.*@(phone|desktop|nojs))'
  return { name, grep: new RegExp(`${untagged}|@(${tag}|${name})(?![\\w-])`), use }
}

export default defineConfig<CityOptions>({
  testDir: 'specs',
  globalSetup: './harness/seed.ts',
  outputDir: '../var/test/browser',
  forbidOnly: Boolean(process.env.CI),
  // A test that passes the second time has found something; it is not tried again.
  retries: 0,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['html', { open: 'never', outputFolder: '../var/test/browser-report' }]],
  use: {
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    // What is not there by then will not come; a test should say so while it is young.
    actionTimeout: 20_000,
    launchOptions: chromium,
  },
  projects: [
    project('phone-zh', 'phone', { ...pocket, ...zh }),
    project('phone-en', 'phone', { ...pocket, ...en }),
    project('desktop-zh', 'desktop', { ...desk, ...zh }),
    project('desktop-en', 'desktop', { ...desk, ...en }),
    project('nojs-zh', 'nojs', { ...pocket, ...zh, javaScriptEnabled: false }),
    project('nojs-en', 'nojs', { ...desk, ...en, javaScriptEnabled: false }),
  ],
})
