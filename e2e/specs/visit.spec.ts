import type { Page } from '@playwright/test'
import { ask } from '../harness/ask'
import type { T } from '../harness/citizen'
import { named } from '../harness/console'
import { photo } from '../harness/evidence'
import { expect, test } from '../harness/test'
import { drawn, type Person } from '../harness/visit'

/** A checklist in force with one question. */
async function checklist(page: Page, base: string): Promise<{ id: string }> {
  const option = (code: string, zh: string, en: string) => ({ code, zh, en })
  const draft = {
    'x-title': { zh: '现场检查表', en: 'On the spot' },
    'x-sections': [{ zh: '资质', en: 'Licence', fields: ['licence', 'bill', 'desk'] }],
    properties: {
      licence: {
        'x-kind': 'choice',
        'x-label': { zh: '悬挂执业许可证', en: 'The licence hangs there' },
        'x-options': [option('yes', '是', 'Yes'), option('no', '否', 'No')],
      },
      bill: { 'x-kind': 'file', 'x-label': { zh: '收费票据', en: 'A bill' } },
      desk: { 'x-kind': 'place', 'x-label': { zh: '收费地点', en: 'Where one pays' } },
    },
    required: ['licence'],
  }
  const { owner_path } = (await ask(page, base, '/forms?limit=200')).items[0]
  const names = { name_zh: '现场检查表', name_en: 'On the spot' }
  const form = await ask(page, base, '/forms', {
    owner_path,
    purpose: 'inspection',
    ...names,
    draft,
  })
  const { revision } = form
  return ask(page, base, `/forms/${form.id}/publish`, { revision, reason: '按通知启用。' })
}

/** An inspection that the office gives to the inspector of a page and another one. */
async function assigned(office: Page, page: Page, base: string) {
  const me = (await ask(page, base, '/session')).user
  const officers: Person[] = (await ask(office, base, '/inspection/officers?limit=200')).items
  const mine = officers.find((one) => one.staff_id === me.id)
  const other = officers.find(
    (one) => one.id !== mine?.id && one.active && one.district === mine?.district,
  )
  if (!mine || !other) throw new Error('the library has no two inspectors')
  const targets = (await ask(office, base, '/inspection/targets?limit=200')).items
  const form = await checklist(office, base)
  const task = await ask(office, base, '/inspection/tasks', {
    kind: 'surprise',
    region: mine.district,
    target_id: targets.at(-1).id,
    officers: [mine.id, other.id],
    due_on: '2026-08-20',
    reason: '近期反映集中',
    form_id: form.id,
  })
  const team: [Person, Person] = [mine, other]
  return { task, team, path: `${base}/console/inspection/visit/${task.id}` }
}

/** Opens a visit while there is a network, and waits until the phone can do without. */
async function takeAlong(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('status')).toBeVisible()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

/** Answers, signs by the own name, has the other draw, and hands in. */
async function handIn(page: Page, t: T, team: [Person, Person], licence: string): Promise<void> {
  await page.getByRole('radio', { name: licence, exact: true }).check()
  const [mine, other] = team
  await page.getByRole('textbox', { name: mine.name }).fill(mine.name)
  await drawn(page, t, other)
  await page.getByRole('button', { name: named(t('提交现场记录', 'Hand in')) }).click()
}

test('a visit is filled in without a network and arrives once', { tag: ['@phone'] }, async ({
  page,
  city,
  context,
  browser,
  someone,
  signIn,
  t,
}) => {
  const base = city.baseURL
  const office = await someone()
  await signIn(office, 'campaign')
  await signIn(page, 'inspector')
  const { task, team, path } = await assigned(office, page, base)
  await takeAlong(page, path)

  // Without a network: a problem, a photo, a file of the checklist; then the browser is closed.
  await context.setOffline(true)
  await page.getByRole('button', { name: t('添加问题', 'Add a problem') }).click()
  const said = '收费公示栏的价格与系统不一致'
  await page.getByLabel(t('问题描述', 'What is wrong')).fill(said)
  const wall = await photo(browser, 'wall.jpg')
  const camera = page.getByLabel(t('拍照或选择照片', 'Take or choose photos'))
  await camera.setInputFiles(wall)
  const bill = page.locator('.qf-answer input[type=file]')
  await bill.setInputFiles({ ...wall, name: 'bill.jpg' })
  await expect(page.getByText('bill.jpg')).toBeVisible()
  const desk = t('没有带来的窗口', 'A desk of nowhere')
  await page.getByLabel(t('收费地点', 'Where one pays')).fill(desk)
  await page.locator('.ant-select-item-option').filter({ hasText: desk }).click()
  await expect(page.getByRole('status')).toContainText(t('已存在手机', 'Kept on this phone'))
  await page.close()

  // The list of the own inspections is there, and in the visit nothing is lost.
  const again = await context.newPage()
  await again.goto(`${base}/console/inspection/mine`)
  await expect(again.getByText(t('没有网络：', 'No network:'))).toBeVisible()
  await again.getByRole('link', { name: task.target_name }).first().click()
  await expect(again.getByLabel(t('问题描述', 'What is wrong'))).toHaveValue(said)
  await expect(again.getByText('wall.jpg')).toBeVisible()
  await expect(again.getByText('bill.jpg')).toBeVisible()
  await again.getByRole('button', { name: t('删去这一条', 'Remove this problem') }).click()
  await handIn(again, t, team, t('是', 'Yes'))
  await expect(again.getByRole('status')).toContainText(t('等待上传', 'Waiting to be sent'))

  // A name that nobody knows comes back to the person; all else is as it was.
  await context.setOffline(false)
  await expect(again.getByRole('status')).toContainText(desk)
  await again.locator('.qf-answer .ant-select').hover()
  await again.locator('.qf-answer .ant-select-clear').click()
  const sending = again.waitForRequest(
    (one) => one.method() === 'POST' && /visits$/.test(one.url()),
  )
  await handIn(again, t, team, t('是', 'Yes'))
  await expect(again.getByRole('status')).toContainText(t('已上传', 'Sent'))

  // The same once more, as after an answer that was lost, is the same visit.
  const body = (await sending).postDataJSON()
  await ask(again, base, `/inspection/tasks/${task.id}/visits`, body)
  await again.reload()
  await expect(again.getByRole('status')).toContainText(t('已上传', 'Sent'))
  const visits = await ask(again, base, `/inspection/tasks/${task.id}/visits`)
  expect(visits).toHaveLength(1)
  expect(visits[0].photos).toHaveLength(1)
  expect(visits[0].answers.bill).toHaveLength(1)

  // The office looks at the photo.
  await office.goto(`${base}/console/inspection/tasks/${task.id}`)
  await expect(office.getByText('wall.jpg')).toBeVisible()
})

// Two phones, one visit: both versions are shown, the person chooses, and neither is lost.
test('visits of two phones are in conflict', { tag: ['@phone'] }, async ({
  page,
  city,
  context,
  someone,
  signIn,
  t,
  expectAccessible,
}) => {
  const base = city.baseURL
  const [office, second] = [await someone(), await someone()]
  await signIn(office, 'campaign')
  for (const phone of [page, second]) await signIn(phone, 'inspector')
  const { task, team, path } = await assigned(office, page, base)
  for (const phone of [page, second]) {
    await takeAlong(phone, path)
    await phone.context().setOffline(true)
  }
  await handIn(page, t, team, t('是', 'Yes'))
  await handIn(second, t, team, t('否', 'No'))
  for (const phone of [page, second]) {
    await expect(phone.getByRole('status')).toContainText(t('等待上传', 'Waiting to be sent'))
  }
  await context.setOffline(false)
  await expect(page.getByRole('status')).toContainText(t('已上传', 'Sent'))

  await second.context().setOffline(false)
  await expect(second.getByRole('status')).toContainText(t('有冲突', 'In conflict'))
  const theirs = second.getByRole('heading', { name: t('服务器上的', 'On the server') })
  const ours = second.getByRole('heading', { name: t('手机上的', 'On this phone') })
  await expect(theirs).toBeVisible()
  await expect(ours).toBeVisible()
  const answers = second.locator('.qf-answer')
  await expect(answers.first()).toContainText(t('是', 'Yes'))
  await expect(answers.last()).toContainText(t('否', 'No'))
  await expectAccessible(second)

  // Who closes the browser over it decides later.
  await second.reload()
  await expect(second.getByRole('status')).toContainText(t('有冲突', 'In conflict'))
  const mine = second.getByRole('button', { name: t('用我的，作为新一版提交', 'Hand in mine') })
  await expect(mine).toBeDisabled()
  await second.getByLabel(t('为什么用我的', 'Why mine')).fill('复查后许可证已取下')
  await mine.click()
  await expect(second.getByRole('status')).toContainText(t('已上传', 'Sent'))
  const visits = await ask(office, base, `/inspection/tasks/${task.id}/visits`)
  const licences = visits.map((one: { answers: { licence: string } }) => one.answers.licence)
  expect(licences).toEqual(['no', 'yes'])
  expect(visits[0].reason).toBe('复查后许可证已取下')
})
