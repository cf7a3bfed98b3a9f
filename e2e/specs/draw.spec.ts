import { readFile, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { ask } from '../harness/ask'
import type { T } from '../harness/citizen'
import { named } from '../harness/console'
import { atTerminal } from '../harness/proof'
import { expect, test } from '../harness/test'

test.setTimeout(240_000)

/** A plan of the city for the year, published, with one batch. */
async function plan(office: Page, base: string, title: string): Promise<string> {
  const target = (await ask(office, base, '/inspection/targets?limit=1')).items[0]
  const region = `${target.district.slice(0, 4)}00`
  const batches = [{ title, draw_on: '2026-07-28', due_on: '2026-10-30', portion: 100 }]
  const made = await ask(office, base, '/inspection/plans', { region, year: 2026, title, batches })
  await ask(office, base, `/inspection/plans/${made.id}/publish`, {})
  return made.id
}

/** Takes a step of a witness, with the secret that the phone rolled and keeps. */
async function takePart(page: Page, t: T, link: string, what: 'commit' | 'reveal'): Promise<void> {
  await page.goto(link)
  const form = page.locator(`form[data-witness=${what}]`)
  if (what === 'commit') await form.getByRole('button', { name: t('掷一个', 'Roll one') }).click()
  await form.locator('[data-send]').click()
  await expect(form).toHaveCount(0)
}

/** Takes a step of the draw that is open in the console. */
async function step(office: Page, t: T, label: string): Promise<void> {
  await office.reload()
  await office.getByRole('button', { name: named(label) }).click()
  const asked = office.getByRole('dialog')
  await asked.getByRole('button', { name: named(t('确定', 'Confirm')) }).click()
  await expect(asked).toBeHidden()
}

/** Freezes the list, once the office has read how many will be drawn. */
async function freeze(office: Page, t: T): Promise<void> {
  const counted = office.getByRole('dialog', { name: t('现在冻结名录', 'Freeze the list now') })
  await expect(counted).toContainText(t('诊所', 'linic'))
  await counted.getByRole('button', { name: named(t('冻结名录', 'Freeze')) }).click()
}

/** Checks a file as a stranger does. */
async function check(stranger: Page, t: T, lang: string, base: string, path: string) {
  await stranger.goto(`${base}/public/check?lang=${lang}`)
  await stranger.locator('#record').setInputFiles(path)
  await stranger.getByRole('button', { name: named(t('核验', 'Check it')) }).click()
}

// Whoever doubts a draw needs no account and nobody's word: the page draws again, and so does the
// program on a computer that knows nothing of the city. A result that somebody picked is named.
test(
  'a stranger verifies a draw',
  { tag: ['@phone-zh', '@desktop-en'] },
  async ({ page: stranger, city, someone, signIn, t, lang, expectAccessible }, info) => {
    const base = city.baseURL
    const office = await someone({ viewport: { width: 1440, height: 900 }, isMobile: false })
    await signIn(office, 'campaign')
    const title = t('陌生人核验的抽取', 'A draw that a stranger checks')
    await office.goto(`${base}/console/inspection/plans/${await plan(office, base, title)}`)

    // The office freezes the list, and gives each witness a link.
    await office.getByRole('button', { name: named(t('准备抽取', 'Prepare')) }).click()
    const form = office.getByRole('dialog')
    const seats = form.getByPlaceholder(t('姓名', 'Name'))
    await seats.nth(0).fill('陶致远')
    await seats.nth(1).fill('沈若兰')
    await form.getByRole('button', { name: named(t('下一步', 'Next')) }).click()
    await freeze(office, t)
    const told = office.locator('.ant-modal-confirm')
    await expect(told.locator('code')).toHaveCount(2)
    const links = await told.locator('code').allInnerTexts()
    await told.getByRole('button').last().click()
    await expect(office.locator('.qf-record-header')).toContainText(title)
    const id = String(new URL(office.url()).pathname.split('/').pop())

    // The witnesses commit, then reveal; nothing can be drawn before.
    const witnesses = [await someone(), await someone()]
    for (const what of ['commit', 'reveal'] as const) {
      for (const [at, one] of witnesses.entries()) await takePart(one, t, String(links[at]), what)
    }
    await step(office, t, t('抽取', 'Draw'))
    expect((await stranger.goto(`${base}/public/draws/${id}/file`))?.status()).toBe(404)
    await step(office, t, t('公布', 'Publish'))

    // The stranger finds it on the notice board, and saves the record.
    await stranger.goto(`${base}/public/draws?lang=${lang}`)
    await stranger.getByRole('link', { name: title }).first().click()
    await expect(stranger.locator('#result')).toBeVisible()
    await expectAccessible(stranger)
    const saving = stranger.waitForEvent('download')
    await stranger.getByRole('link', { name: t('下载抽取记录', 'Download the record') }).click()
    const saved = await saving
    const file = info.outputPath(saved.suggestedFilename())
    await saved.saveAs(file)

    // It holds on the page, and without it.
    await check(stranger, t, lang, base, file)
    await expect(stranger.locator('#verdict')).toHaveText(t('核验通过', 'The draw holds'))
    const verify = (path: string) => atTerminal(info.outputPath(), lang, ['draw', 'verify', path])
    expect(await verify(file)).toMatchObject({ code: 0 })

    // Somebody would rather have had another hospital drawn.
    const record = JSON.parse(await readFile(file, 'utf8'))
    const drawn = new Set(record.result.map((one: { target: string }) => one.target))
    const spared = record.list.targets.find((one: { id: string }) => !drawn.has(one.id))
    const was = record.list.targets.find(
      (one: { id: string }) => one.id === record.result[0].target,
    )
    record.result[0].target = spared.id
    const altered = info.outputPath('altered.json')
    await writeFile(altered, JSON.stringify(record, null, 2))
    await check(stranger, t, lang, base, altered)
    const wrong = stranger.getByRole('alert')
    await expect(wrong).toContainText(t('核验不通过', 'The record does not hold'))
    await expect(wrong).toContainText(
      t('第 1 项与重新抽取的结果不符', 'Item 1 is not what the draw'),
    )
    // By name: a citizen knows hospitals, and no identifiers.
    for (const { name } of [spared, was]) await expect(wrong).toContainText(name)
    await expect(wrong).not.toContainText(spared.id)
    await expectAccessible(stranger)
    const said = await verify(altered)
    expect(said).toMatchObject({ code: 1 })
    for (const { name } of [spared, was]) expect(said.output).toContain(name)

    // A list that was tidied up after the draw is another list.
    await writeFile(altered, (await readFile(file, 'utf8')).replace(was.name, `${was.name}分院`))
    await check(stranger, t, lang, base, altered)
    await expect(wrong).toContainText(t('抽取之后名录被改动过', 'it was changed after the draw'))

    // What is no record is not called forged.
    await writeFile(altered, '{"name": "a list"}')
    await check(stranger, t, lang, base, altered)
    await expect(wrong).toContainText(t('这个文件不是抽取记录', 'This file is no record of a draw'))
    expect(await verify(altered)).toMatchObject({ code: 2 })
  },
)
