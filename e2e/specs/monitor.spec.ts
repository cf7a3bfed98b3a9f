import type { Page } from '@playwright/test'
import { ask } from '../harness/ask'
import { named, speak } from '../harness/console'
import { expect, test } from '../harness/test'
import { drawn, type Person } from '../harness/visit'

const pin = '271828'

/** Two social supervisors of a district and a visit that the office gives to them. */
async function patrol(office: Page, base: string) {
  const target = (await ask(office, base, '/inspection/targets?limit=200')).items.at(-1)
  const recruit = (name: string, phone: string): Promise<Person> =>
    ask(office, base, '/inspection/monitors', {
      name,
      phone,
      walk: '退休教师',
      district: target.district,
      recruited_by: '区卫生健康局',
      recruited_on: '2026-01-05',
      training: '监督要点',
      trained_on: '2026-01-10',
      term_from: '2026-01-15',
      term_until: '2026-12-31',
    })
  const team = [await recruit('周望舒', '13800001357'), await recruit('吴思齐', '13800002468')]
  const task = await ask(office, base, '/inspection/tasks', {
    kind: 'monitor',
    region: target.district,
    target_id: target.id,
    officers: team.map(({ id }) => id),
    due_on: '2026-08-20',
    reason: '日常监督',
  })
  const { token } = await ask(office, base, `/inspection/monitors/${team[0]?.id}/link`, {})
  return { task, team, link: `${base}/console/link#${token}` }
}

// A volunteer has no account that anybody told of: a link, the own telephone number and a PIN
// lead to the visits, and to nothing else; what they find is decided on by the office.
test('a social supervisor signs in by a link and reports', { tag: ['@phone'] }, async ({
  page,
  city,
  someone,
  signIn,
  t,
  lang,
  expectAccessible,
}) => {
  const office = await someone()
  await signIn(office, 'campaign')
  const { task, team, link } = await patrol(office, city.baseURL)
  const [mine, other] = team
  if (!mine || !other) throw new Error('nobody was recruited')

  // The first opening asks whose telephone it is, and for a PIN.
  await speak(page, lang)
  await page.goto(link)
  const digits = page.getByLabel(t('您的手机号后四位', 'The last four digits'))
  const enter = page.getByRole('button', { name: named(t('进入', 'Go on')) })
  await digits.fill('0000')
  await page.getByLabel('PIN').fill(pin)
  await expectAccessible(page)
  await enter.click()
  await expect(page.getByRole('alert')).toBeVisible()
  await digits.fill('1357')
  await enter.click()
  await expect(page.getByRole('heading', { name: t('我的检查', 'My inspections') })).toBeVisible()
  await page.getByRole('link', { name: task.target_name }).first().click()

  // What was seen is written down, signed by both and handed in.
  await page.getByRole('button', { name: t('添加问题', 'Add a problem') }).click()
  await page.getByLabel(t('违法违规类别', 'Violation')).fill('V0606')
  await page.locator('.ant-select-tree-title').filter({ hasText: 'V0606' }).click()
  const said = '门诊大厅没有公示价格'
  await page.getByLabel(t('问题描述', 'What is wrong')).fill(said)
  await page.getByRole('textbox', { name: mine.name }).fill(mine.name)
  await drawn(page, t, other)
  await expectAccessible(page)
  await page.getByRole('button', { name: named(t('提交现场记录', 'Hand in')) }).click()
  await expect(page.getByRole('status')).toContainText(t('已上传', 'Sent'))

  // The office reads it, and has to decide.
  await office.goto(`${city.baseURL}/console/inspection/tasks/${task.id}`)
  const found = office.locator('.ant-card').filter({
    has: office.getByRole('heading', {
      name: t('社会监督员的发现', 'What the supervisors found'),
    }),
  })
  await expect(found).toContainText(said)
  await expect(found).toContainText(t('待核实', 'To be decided'))

  // The link opens nothing without the PIN.
  const again = await someone()
  await speak(again, lang)
  await again.goto(link)
  await again.getByLabel('PIN').fill('000000')
  await again.getByRole('button', { name: named(t('进入', 'Go on')) }).click()
  await expect(again.getByRole('alert')).toBeVisible()
  await again.getByLabel('PIN').fill(pin)
  await again.getByRole('button', { name: named(t('进入', 'Go on')) }).click()
  await expect(again.getByRole('heading', { name: t('我的检查', 'My inspections') })).toBeVisible()
})
