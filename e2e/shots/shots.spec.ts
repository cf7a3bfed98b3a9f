import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from '@playwright/test'
import { fillIn, send, track } from '../harness/citizen'
import { openCase } from '../harness/console'
import { approve, fillRequest, look, reportClue, sendRequest } from '../harness/custody'
import { desk, pocket } from '../harness/devices'
import { atTerminal, type Said, saveProof, trackUntilProven } from '../harness/proof'
import { begin } from '../harness/seed'
import { expect, test } from '../harness/test'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))

/** What a picture in the documentation may weigh. */
const most = 250 * 1024

// Pages reckon what is left of a deadline by the browser's clock, which here is the city's.
test.beforeEach(({ context }) => context.clock.install({ time: `${begin}:00+08:00` }))

const phone = { ...pocket, deviceScaleFactor: 2 }

/** A page of the console: who looks at it, and what shows that it is there. */
const consolePages = [
  { name: 'workbench', role: 'dispatcher', path: '/workbench', ready: 'tr[data-row-key]' },
  { name: 'cases', role: 'dispatcher', path: '/casework/cases', ready: 'tr[data-row-key]' },
  { name: 'rates', role: 'analyst', path: '/insight/rates', ready: 'tr[data-row-key]' },
  { name: 'coverage', role: 'dispatcher', path: '/casework/coverage', ready: 'tr[data-row-key]' },
  { name: 'campaign-desk', role: 'campaign', path: '/workbench', ready: '.qf-stat-bad' },
  { name: 'inspections', role: 'campaign', path: '/inspection/tasks', ready: 'tr[data-row-key]' },
  {
    name: 'ledger',
    role: 'campaign',
    path: '/inspection/problems?box=overdue',
    ready: 'tr[data-row-key]',
  },
]

/** A record of the campaign office: the first of a list that is called so. */
const records = [
  { name: 'campaign', path: '/campaign/list', called: /乱象/, ready: '.qf-cover-row' },
  { name: 'draw', path: '/inspection/draws', called: /抽取/, ready: '.qf-record-header' },
  {
    name: 'penalty',
    path: '/inspection/penalties?overdue=true',
    called: /CF-/,
    ready: '.qf-record-header',
  },
]

/** Keeps a picture of what a page shows, in 256 colours. */
async function keep(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const rough = join(folder, `${name}.rough.png`)
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path: rough, animations: 'disabled', caret: 'hide' })
  const palette = '[0]split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=dither=none'
  await run('ffmpeg', ['-y', '-v', 'error', '-i', rough, '-filter_complex', palette, path])
  await rm(rough)
  expect((await stat(path)).size, `the size of ${name}.png`).toBeLessThan(most)
}

/** Waits until nothing of a page of the console is still being fetched or moving. */
async function settled(page: Page, ready: string): Promise<void> {
  await page.locator(ready).first().waitFor()
  await expect(page.locator('.ant-skeleton-active, .ant-spin-spinning')).toHaveCount(0)
  await page.waitForLoadState('networkidle')
  await page.clock.fastForward(5_000) // to the end of what moves
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => drawn(null))))
}

async function image(name: string): Promise<string> {
  return `data:image/png;base64,${(await readFile(join(folder, `${name}.png`))).toString('base64')}`
}

/** Puts the page of a phone before one of the console. */
async function overview(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 } })
  await page.setContent(`<style>
    body { margin: 0; background: linear-gradient(120deg, #e6f1f0, #f6f3ea); }
    img { position: absolute; border-radius: 12px; box-shadow: 0 12px 40px #1b3a3a40; }
    .desk { left: 40px; top: 60px; width: 1024px; }
    .phone { right: 40px; top: 90px; width: 290px; border: 8px solid #1f2a2a; border-radius: 32px; }
    </style><img class="desk" src="${await image('workbench')}">
    <img class="phone" src="${await image('report-phone')}">`)
  await keep(page, 'overview')
  await page.close()
}

test('a citizen’s phone', async ({ someone, city, t }) => {
  const page = await someone(phone)
  await page.goto(city.formURL)
  await keep(page, 'report-phone')
  await fillIn(page, t, { category: 'A', narrative: '在导诊台问路，工作人员只顾聊天，没有应答。' })
  await send(page, t)
  await keep(page, 'receipt-phone')
})

for (const { name, role, path, ready } of consolePages) {
  test(`the console’s ${name}`, async ({ page, signIn }) => {
    await signIn(page, role)
    await page.goto(`/console${path}`)
    await settled(page, ready)
    await keep(page, name)
  })
}

for (const { name, path, called, ready } of records) {
  test(`a ${name}`, async ({ page, signIn }) => {
    await signIn(page, 'campaign')
    await page.goto(`/console${path}`)
    await page.locator('tr[data-row-key] a').filter({ hasText: called }).first().click()
    await settled(page, ready)
    await keep(page, name)
  })
}

test('an inspector’s phone', async ({ someone, signIn }) => {
  const inspector = await someone(phone)
  await inspector.clock.install({ time: `${begin}:00+08:00` })
  await signIn(inspector, 'inspector')
  await inspector.goto('/console/workbench')
  await settled(inspector, '.qf-stat')
  await keep(inspector, 'inspector-phone')
})

test('the public notice board', async ({ page, someone, city }) => {
  await page.goto(`${city.baseURL}/public/campaigns`)
  await page.locator('main a').filter({ hasText: '乱象' }).first().click()
  await page.waitForLoadState('networkidle')
  await keep(page, 'public-campaign')
  const reader = await someone(phone)
  await reader.goto(`${city.baseURL}/public/sanctions`)
  await keep(reader, 'public-penalties-phone')
})

test('a case', async ({ page, signIn }) => {
  await signIn(page, 'supervisor')
  await page.goto('/console/casework/cases?state=reviewing')
  await page.locator('tr[data-row-key] a').first().click()
  await settled(page, '.qf-record-header')
  // Files of a city that has just begun are cleaned in the background.
  const waits = page.getByText('正在做安全处理')
  await expect(async () => {
    await page.reload()
    await settled(page, '.qf-record-header')
    await expect(waits).toHaveCount(0, { timeout: 100 })
  }).toPass({ timeout: 60_000 })
  await keep(page, 'case')
})

test('the cases behind a rate, and the monthly pack', async ({ page, signIn }) => {
  await signIn(page, 'analyst')
  await page.goto('/console/insight/rates')
  await page.locator('tr[data-row-key] a[href*="measure=response"]').first().click()
  await settled(page, 'tr[data-row-key]')
  await keep(page, 'drill-down')
  await page.goto('/console/insight/rates')
  await page.locator('.qf-rates-state a').click()
  await settled(page, '.qf-pack table')
  await keep(page, 'pack')
})

test('opening who reported a clue', async ({ someone, city, t, signIn }) => {
  const reporter = await someone(phone)
  const clue = await reportClue(reporter, city, t)
  const officer = await someone(desk)
  await officer.clock.install({ time: `${begin}:00+08:00` })
  await signIn(officer, 'discipline')
  await openCase(officer, city, t, clue.number)
  const form = await fillRequest(officer, t, '须当面核实，并请举报人提交原始材料。')
  await settled(officer, '.ant-drawer')
  await keep(officer, 'custodian-1-request')
  await sendRequest(form, t)
  const custodian = await someone(desk)
  await custodian.clock.install({ time: `${begin}:00+08:00` })
  await signIn(custodian, 'custodian')
  await custodian.goto(`${city.baseURL}/console/workbench/identity`)
  await settled(custodian, 'tr[data-row-key]')
  await keep(custodian, 'custodian-2-waiting')
  await approve(custodian, t, clue.number, '理由充分，限本人核实时使用。')
  await officer.reload()
  await look(officer, t)
  await expect(officer.getByText(clue.phone)).toBeVisible()
  await settled(officer, '.qf-record-header')
  await keep(officer, 'custodian-3-open')
  await track(reporter, t, clue.receipt)
  await reporter.locator('.timeline').scrollIntoViewIfNeeded()
  await keep(reporter, 'custodian-4-reporter')
})

/** A terminal in which a person has typed a command: what it said, as it said it. */
async function terminal(page: Page, command: string, { output }: Said): Promise<void> {
  await page.setContent(`<style>
    body { margin: 0; padding: 24px 28px; background: #14201f; color: #dfe9e7; }
    pre { margin: 0; font: 15px/1.75 'Noto Sans Mono CJK SC', monospace; }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    b { color: #7ad9d3; font-weight: 400; }
    </style><pre></pre>`)
  await page.locator('pre').evaluate(
    (pre, [typed = '', said = '']) => {
      const line = document.createElement('b')
      line.textContent = `$ ${typed}\n`
      pre.append(line, said)
    },
    [command, output.trimEnd()],
  )
  const { height } = (await page.locator('pre').boundingBox()) ?? { height: 200 }
  await page.setViewportSize({ width: 1100, height: Math.ceil(height) + 48 })
}

test('a receipt that is verified without us', async ({ someone, city, t, lang }, info) => {
  test.setTimeout(240_000)
  const reporter = await someone(phone)
  await reporter.goto(city.formURL)
  const narrative = '收费单上有一项三百元的检查，我没有做过。'
  await fillIn(reporter, t, { category: 'D', narrative })
  await trackUntilProven(reporter, t, await send(reporter, t))
  await reporter.locator('.proof').evaluate((part) => part.scrollIntoView())
  await keep(reporter, 'proof-1-receipt')
  const visitor = await someone(desk)
  await visitor.goto(`${city.baseURL}/log`)
  await keep(visitor, 'proof-2-log')
  const file = info.outputPath('qingfeng-receipt.json')
  await saveProof(reporter, t, file)
  const key = (await (await reporter.request.get(`${city.baseURL}/log/key`)).text()).trim()
  const verify = (name: string) =>
    atTerminal(info.outputPath(), lang, ['receipt', 'verify', name, '--key', key])
  const screen = await someone({ viewport: { width: 1100, height: 400 } })
  const typed = (name: string) => `qingfeng receipt verify ${name} --key '${key}'`
  await terminal(screen, typed('qingfeng-receipt.json'), await verify('qingfeng-receipt.json'))
  await keep(screen, 'proof-3-verify')
  const saved = await readFile(file, 'utf8')
  await writeFile(info.outputPath('altered.json'), saved.replace('三百元', '五百元'))
  await terminal(screen, typed('altered.json'), await verify('altered.json'))
  await keep(screen, 'proof-4-altered')
})

test('the overview', async ({ browser }) => overview(browser))
