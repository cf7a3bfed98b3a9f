import type { Page } from '@playwright/test'
import { ask } from '../harness/ask'
import type { T } from '../harness/citizen'
import type { City } from '../harness/city'
import { named, signIn, speak } from '../harness/console'
import { desk } from '../harness/devices'
import { docxOf, wordsOf } from '../harness/docx'
import { plan, planTitle } from '../harness/plan'
import { expect, test } from '../harness/test'

test.setTimeout(300_000)
test.use({ baseURL: async ({ ownCity }, provide) => provide(ownCity.baseURL) })

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const own = 'Shiqiao-county-2026'

/** A commission of a district or county. */
type Unit = { id: string; name: string }

/** Signs a page in as somebody of a county by role, who gets an account for it. */
async function signInForCounty(page: Page, city: City, county: Unit, role: string): Promise<void> {
  await signIn(page, city, 'security_admin')
  const { items } = await ask(page, city.baseURL, `/org/staff?unit=${county.id}&limit=50`)
  for (const { id } of items as { id: string }[]) {
    const { grants } = await ask(page, city.baseURL, `/org/staff/${id}`)
    if (!grants.some((grant: { role: string }) => grant.role === role)) continue
    const given = await ask(page, city.baseURL, `/org/staff/${id}/account/reset`, {
      reason: '首次登录',
    })
    const { username, password } = given
    await page.context().clearCookies()
    await ask(page, city.baseURL, '/session', { username, password })
    await ask(page, city.baseURL, '/session/password', { old: password, new: own })
    return
  }
  throw new Error(`${county.name} has no ${role}`)
}

/** Presses a button of the page and confirms what it asks, with a reason where one is given. */
async function step(page: Page, t: T, label: string): Promise<void> {
  await page
    .locator('.qf-record-actions')
    .getByRole('button', { name: named(label) })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: named(t('确定', 'Confirm')) }).click()
  await expect(dialog).toBeHidden()
}

/** Opens the return of a unit from the calendar of a campaign. */
async function openReturn(page: Page, city: City, campaign: string, unit: string) {
  await page.goto(`${city.baseURL}/console/campaign/list/${campaign}/returns`)
  await page.locator('tr[data-row-key]').filter({ hasText: unit }).getByRole('link').click()
  await expect(page.locator('.qf-record-header')).toContainText(unit)
}

/** Fills in the return that is open: some numbers of this period, as many since the start, 0 else. */
async function fileReturn(page: Page, t: T, numbers: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(numbers)) {
    for (const column of [t('本期数', 'This period'), t('累计数', 'Cumulative')]) {
      // Who sums others types its own part.
      const own = t('（本级）', ' (own)')
      const box = (of: string) => page.getByLabel(`${label} ${column}${of}`, { exact: true })
      await box('').or(box(own)).fill(value)
    }
  }
  await page.getByRole('button', { name: t('本级空格填 0', 'Fill own gaps with 0') }).click()
  await page.getByLabel(t('填报人', 'Filled in by')).fill('方某')
  await page.getByLabel(t('审核人', 'Reviewed by')).fill('吕某')
  await page.getByLabel(t('联系电话', 'Telephone')).fill('0990-86212320')
  await page.getByRole('button', { name: t('保存并报送', 'Save and submit') }).click()
  await expect(page.locator('.qf-record-header')).toContainText(t('已报', 'Submitted'))
}

test('a plan is imported, a county reports and signs, the city sums, and the summary has its figures', {
  tag: ['@desktop'],
}, async ({ page, ownCity: city, someone, t, lang, expectAccessible }) => {
  const staff = async (role: string): Promise<Page> => {
    const person = await someone(desk)
    await speak(person, lang)
    await signIn(person, city, role)
    return person
  }
  await speak(page, lang)
  await signIn(page, city, 'campaign')
  const office = page

  // The plan is read from the document, and checked beside it.
  await office.goto(`${city.baseURL}/console/campaign/new`)
  await office
    .locator('input[type=file]')
    .setInputFiles({ name: 'plan.docx', mimeType: docx, buffer: docxOf(plan) })
  const field = (path: string) => office.locator(`[id$="_${path}"]`)
  const source = office.locator('.qf-plan-source')
  await expect(field('read_0_title')).toHaveValue(planTitle)
  await expect(field('content_doc_number')).toHaveValue('清卫监督〔2026〕31号')
  await expect(field('content_stages_0_start')).toHaveValue('2026-08-01')
  await field('content_stages_0_start').focus()
  await expect(source.locator('mark[data-here=true]').first()).toContainText('2026年8月1日')
  await expectAccessible(office)

  // What the document leaves open is refused until somebody says it.
  const save = office.getByRole('button', { name: t('保存草稿', 'Save the draft') })
  const day = async (path: string, value: string) => {
    await field(path).fill(value)
    await field(path).press('Enter')
  }
  await expect(field('content_stages_1_end')).toHaveValue('')
  await day('content_stages_1_end', '2026-09-30')
  await day('content_milestones_0_due', '2026-09-30')
  await field('content_duties_0_title').fill('专项整治量化统计表')
  await save.click()
  await expect(office.locator('.qf-record-header')).toContainText(planTitle)
  const campaign = new URL(office.url()).pathname.split('/').pop() ?? ''
  const actions = office.locator('.qf-record-actions')
  await actions.getByRole('button', { name: named(t('启动', 'Start')) }).click()
  const dialog = office.getByRole('dialog')
  await dialog.getByRole('button', { name: named(t('确定', 'Confirm')) }).click()
  const lacks = t('填报期的开始日期', 'the day on which its period begins')
  await dialog.getByRole('link', { name: lacks }).click()
  await expect(field('content_duties_0_period_start')).toBeFocused()
  await day('content_duties_0_period_start', '2026-08-01')
  await day('content_duties_0_period_end', '2026-10-15')
  await office.getByRole('button', { name: named(t('保存', 'Save')) }).click()
  await step(office, t, t('启动', 'Start'))
  await expect(office.locator('.qf-record-header')).toContainText(t('进行中', 'Running'))

  // When its stages are over, a county reports and signs, which the city reads and writes nothing in.
  await city.restart('2026-10-19T09:00')
  await signIn(office, city, 'campaign')
  const units = (await ask(office, city.baseURL, `/returns?campaign=${campaign}&limit=50`)).items
  const county = units.find((one: { unit_name: string }) => one.unit_name.includes('县'))
  const [clerk, chief] = [await someone(desk), await someone(desk)]
  for (const [person, role] of [
    [clerk, 'campaign'],
    [chief, 'director'],
  ] as const) {
    await speak(person, lang)
    await signInForCounty(person, city, { id: county.unit, name: county.unit_name }, role)
  }
  await openReturn(clerk, city, campaign, county.unit_name)
  await fileReturn(clerk, t, { '出动执法人员 人次': '126', '印发方案 份': '3' })
  await openReturn(office, city, campaign, county.unit_name)
  await expect(office.getByRole('alert')).toContainText(county.unit_name)
  await expect(actions.getByRole('button', { name: named(t('退回', 'Send back')) })).toBeVisible()
  await expect(actions.getByRole('button', { name: named(t('审签', 'Sign off')) })).toHaveCount(0)
  await openReturn(chief, city, campaign, county.unit_name)
  await step(chief, t, t('审签', 'Sign off'))
  await expect(chief.locator('.qf-record-header')).toContainText(t('已审签', 'Signed off'))

  // The city adds its own, and its director signs the sum.
  const city0 = units.find((one: { above: string }) => one.above === '')
  await openReturn(office, city, campaign, city0.unit_name)
  await fileReturn(office, t, { '出动执法人员 人次': '40', '印发方案 份': '1' })
  const director = await staff('director')
  await openReturn(director, city, campaign, city0.unit_name)
  const officers = director.getByRole('row').filter({ hasText: '出动执法人员' })
  await expect(officers.getByRole('cell', { name: '166' })).toHaveCount(2)
  await step(director, t, t('审签', 'Sign off'))
  await expect(director.locator('.qf-record-header')).toContainText(t('已审签', 'Signed off'))

  // The summary is put together from that, changed, and signed by somebody else.
  const title = '医疗机构收费行为专项整治工作总结'
  const next = '把收费公示和费用清单纳入日常监管，每半年抽查一次。'
  await office.goto(`${city.baseURL}/console/campaign/list/${campaign}/briefs`)
  await office.getByRole('button', { name: named(t('起草', 'Write one')) }).click()
  const form = office.getByRole('dialog')
  await form.getByRole('radio', { name: t('总结', 'Summary') }).check()
  await form.getByLabel(t('标题', 'Title')).fill(title)
  await form.getByRole('button', { name: t('生成初稿', 'Put a first text together') }).click()
  await expect(office.locator('.qf-brief-paper')).toContainText('出动执法人员166人次')
  await expectAccessible(office)
  await office.getByRole('button', { name: named(t('修改', 'Change')) }).click()
  await office.locator('textarea').last().fill(next)
  await office.getByRole('button', { name: named(t('保存', 'Save')) }).click()
  await expect(office.locator('.qf-brief-paper')).toContainText(next)
  await expect(actions.getByRole('button', { name: named(t('签发', 'Sign off')) })).toHaveCount(0)
  await director.goto(office.url())
  await step(director, t, t('签发', 'Sign off'))
  await expect(director.locator('.qf-record-header')).toContainText(t('已签发', 'Signed off'))

  // The document says what was signed.
  const coming = director.waitForEvent('download')
  await director.getByRole('link', { name: t('下载文件', 'Download') }).click()
  const file = await coming
  expect(file.suggestedFilename()).toBe(`${title}.docx`)
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(chunk)
  const words = wordsOf(Buffer.concat(chunks))
  const whole = words.join('\n')
  expect(words).toContain(title)
  expect(whole).toContain('专项整治自2026年8月1日起，至2026年10月15日止，共有任务2项')
  expect(whole).toContain('截至2026年10月15日，经审签的累计数据如下。')
  expect(whole).toContain('出动执法人员166人次')
  expect(whole).toContain('印发方案4份')
  expect(whole).toContain(next)
})
