import { defineConfig, type PlaywrightTestProject } from '@playwright/test'
import type { CityOptions } from './harness/test'

const phone = {
  viewport: { width: 375, height: 812 },
  isMobile: true,
  hasTouch: true,
}
const desktop = { viewport: { width: 1440, height: 900 } }
const zh = { locale: 'zh-CN' }
const en = { locale: 'en' }

/**
 * A test runs in every project. A test with tags runs only where its tags say:
 * `test('…', { tag: ['@phone', '@desktop'] }, …)` leaves out the browser without
 * JavaScript, for example.
 */
function project(
  name: string,
  tag: string,
  use: PlaywrightTestProject<CityOptions>['use'],
): PlaywrightTestProject<CityOptions> {
  const untagged = '^(?!.*@(phone|desktop|nojs)\\b)'
  return { name, grep: new RegExp(`${untagged}|@${tag}\\b`), use }
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
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A microphone that hums, and that no person has to permit.
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    },
  },
  projects: [
    project('phone-zh', 'phone', { ...phone, ...zh }),
    project('phone-en', 'phone', { ...phone, ...en }),
    project('desktop-zh', 'desktop', { ...desktop, ...zh }),
    project('desktop-en', 'desktop', { ...desktop, ...en }),
    project('nojs-zh', 'nojs', { ...phone, ...zh, javaScriptEnabled: false }),
  ],
})
