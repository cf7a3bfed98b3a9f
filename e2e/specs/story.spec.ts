import type { Page } from '@playwright/test'
import { fillIn, type Report, send, track } from '../harness/citizen'
import type { City } from '../harness/city'
import { named, openCase, signIn, signInByForm, takeStep } from '../harness/console'
import { desk, pocket } from '../harness/devices'
import { camera, latitude, photo, voice } from '../harness/evidence'
import { expect, test } from '../harness/test'

test.setTimeout(300_000)
test.use({ baseURL: async ({ ownCity }, provide) => provide(ownCity.baseURL) })

/** The file of a case, as far as the tests look into it. */
type CaseFile = { id: string; name: string; state: string }

/** Has every case wait for a person, so that the story can show each step. */
async function dispatchByHand(city: City, page: Page): Promise<void> {
  await signIn(page, city, 'system_admin')
  const at = `${city.baseURL}/api/v1/settings`
  const { items } = await (await page.request.get(`${at}?scope=/`)).json()
  const { latest } = items.find((s: { key: string }) => s.key === 'casework.auto_dispatch')
  const answer = await page.request.post(`${at}/casework.auto_dispatch`, {
    data: { value: false, scope: '/', reason: '由人逐件受理', seen: latest },
    headers: { Origin: city.baseURL },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
}

/** Checks that staff get a copy of each file, and that no copy tells what the telephone knew. */
async function expectSanitised(page: Page, city: City, names: RegExp[]): Promise<void> {
  const id = new URL(page.url()).pathname.split('/').pop()
  const at = `${city.baseURL}/api/v1/cases/${id}`
  const files = async (): Promise<CaseFile[]> =>
    (await (await page.request.get(at)).json()).content.files
  await expect
    .poll(async () => (await files()).map((f) => f.state), { timeout: 30_000 })
    .toEqual(names.map(() => 'ready'))
  for (const name of names) {
    const file = (await files()).find((f) => name.test(f.name))
    expect(file, `the file ${name}`).toBeTruthy()
    const copy = await page.request.get(`${at}/files/${file?.id}`)
    expect(copy.status()).toBe(200)
    const bytes = await copy.body()
    expect(bytes.length).toBeGreaterThan(100)
    for (const trace of ['Exif', camera, latitude]) {
      expect(bytes.includes(trace), `${name} still holds ${trace}`).toBe(false)
    }
  }
}

// Without scripts the pages of both languages are built alike.
const tag = ['@phone', '@desktop', '@nojs-zh']

test(
  'a patient scans a code, the case is handled, the three rates come out',
  { tag },
  async ({ page, browser, ownCity: city, someone, t, lang, javaScriptEnabled }, info) => {
    const scripted = javaScriptEnabled !== false
    const inEnglish = lang === 'en'
    const staff = async (role: string, where: object = desk): Promise<Page> => {
      const person = await someone(where)
      await person.addInitScript(
        (language) => localStorage.setItem('qingfeng.settings', JSON.stringify({ language })),
        inEnglish ? 'en' : 'zh',
      )
      await signIn(person, city, role)
      return person
    }
    await dispatchByHand(city, await someone())
    const picture = await photo(browser, 'counter.jpg')
    expect(picture.buffer.includes(latitude) && picture.buffer.includes(camera)).toBe(true)

    // The patient reports, and keeps the receipt.
    const report: Report = {
      category: 'A',
      narrative: t(
        '7月28日上午在窗口问检查要不要空腹，工作人员头也不抬，说“自己看单子”，让我白跑一趟。',
        'On 28 July the clerk at the counter would not say whether to fast; I came in vain.',
      ),
      files: scripted ? [picture] : [picture, voice('what-happened.wav')],
      recorded: scripted,
    }
    await page.goto(city.formURL)
    const hospital = await page.locator('.spot .institution').innerText()
    await fillIn(page, t, report)
    const receipt = await send(page, t)
    const number = await page.locator('.ticket dd').first().innerText()
    expect(number).toMatch(/^QF-\d{6}-20260728-\d+$/)
    await page.getByRole('button', { name: t('我记下了，去看进度', 'I have it') }).click()
    await expect(page.locator('.standing .no')).toHaveText(number)
    await expect(page.locator('.timeline li')).toHaveCount(1)

    // The commission accepts it and sends it to the hospital.
    const dispatcher = await someone(desk)
    await dispatcher.goto(`${city.baseURL}/console/`)
    if (inEnglish) await dispatcher.getByRole('button', { name: 'English' }).click()
    await signInByForm(dispatcher, t, city.login('dispatcher'))
    await expect(dispatcher.getByRole('heading', { name: t('工作台', 'Workbench') })).toBeVisible()
    await openCase(dispatcher, city, t, number)
    await expect(dispatcher.getByText(report.narrative)).toBeVisible()
    await takeStep(dispatcher, t, t('受理', 'Accept'))
    await takeStep(dispatcher, t, t('派单', 'Dispatch'), {
      picks: { [t('主办单位', 'Lead unit')]: hospital },
    })

    // The hospital signs for it and gives it to the department.
    const coordinator = await staff('coordinator')
    await openCase(coordinator, city, t, number)
    await takeStep(coordinator, t, t('签收', 'Sign for'))
    const handler = await staff('handler', info.project.name.startsWith('phone') ? pocket : desk)
    const { user } = await (await handler.request.get(`${city.baseURL}/api/v1/session`)).json()
    await takeStep(coordinator, t, t('交办', 'Assign'), {
      picks: { [t('承办人', 'Handler')]: user.name },
    })

    // The handler looks at the photo, asks, hears, and proposes an answer.
    await openCase(handler, city, t, number)
    await expectSanitised(handler, city, [/^counter\.jpg$/, /\.(wav|webm)$/])
    const question = t('请问是哪个窗口？', 'Which counter was it?')
    await handler.getByLabel(t('给诉求人留言', 'Write to the reporter')).fill(question)
    await handler.getByRole('button', { name: named(t('发送', 'Send')) }).click()
    await expect(handler.locator('.qf-case-bubble')).toHaveText([question])
    await track(page, t, receipt)
    await expect(page.locator('.talk .said')).toHaveText([question])
    const answer = t('二号窗口，九点左右。', 'Number two, at about nine.')
    await page.locator('#text').fill(answer)
    await page.locator('form[action^="/r/message"] button').click()
    await expect(page.locator('.talk .said')).toHaveText([question, answer])
    await handler.reload()
    await expect(handler.locator('.qf-case-bubble')).toHaveText([question, answer])
    const reply = t(
      '二号窗口当班人员已向您致歉，窗口贴出了空腹检查一览表。',
      'The clerk apologises; a list of tests that need fasting now hangs at the counter.',
    )
    await takeStep(handler, t, t('提交办结', 'Submit the result'), {
      picks: { [t('核实结论', 'Outcome')]: t('属实', 'True') },
      texts: {
        [t('查明的情况', 'Findings')]: t('与反映一致', 'As it was reported'),
        [t('答复诉求人', 'Reply to the reporter')]: reply,
      },
    })

    // The commission approves; the patient reads the answer and rates it.
    const approver = await staff(inEnglish ? 'director' : 'supervisor')
    await openCase(approver, city, t, number)
    await takeStep(approver, t, t('审核通过', 'Approve'))
    await track(page, t, receipt)
    await expect(page.locator('.reply')).toContainText(reply)
    for (const choice of ['contacted=yes', 'solved=yes', 'satisfied=satisfied']) {
      const [name, value] = choice.split('=')
      await page.locator(`.pill:has(input[name=${name}][value=${value}])`).click()
    }
    await page.getByRole('button', { name: t('提交评价', 'Send my answers') }).click()
    await expect(page.locator('.done')).toBeVisible()
    await approver.reload()
    await expect(approver.locator('.qf-record-header')).toContainText(t('已归档', 'Archived'))

    // Next month the commission reads last month's rates, and finds this very case behind them.
    await city.restart('2026-08-03T09:00')
    const analyst = await staff('analyst')
    await expect(async () => {
      await analyst.goto(`${city.baseURL}/console/insight/rates`)
      const month = analyst.locator('.qf-rates-state')
      await expect(month).toContainText(t('2026年7月', 'July 2026'), { timeout: 5_000 })
      const row = analyst.locator('tr[data-row-key]').filter({ hasText: hospital })
      await row.locator('a[href*="measure=satisfaction"]').first().click({ timeout: 5_000 })
      await expect(analyst.getByText(number)).toBeVisible({ timeout: 5_000 })
    }).toPass({ timeout: 90_000 })
    await analyst
      .locator('tr[data-row-key], .qf-card')
      .filter({ hasText: number })
      .locator('a')
      .first()
      .click()
    await expect(analyst.locator('.qf-record-header')).toContainText(number)
  },
)
