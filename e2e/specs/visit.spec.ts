import type { Page } from '@playwright/test'
import { ask } from '../harness/ask'
import { named } from '../harness/console'
import { expect, test } from '../harness/test'

/** A checklist in force with one question. */
async function checklist(page: Page, base: string): Promise<{ id: string }> {
  const option = (code: string, zh: string, en: string) => ({ code, zh, en })
  const draft = {
    'x-title': { zh: '现场检查表', en: 'On the spot' },
    'x-sections': [{ zh: '资质', en: 'Licence', fields: ['licence'] }],
    properties: {
      licence: {
        'x-kind': 'choice',
        'x-label': { zh: '悬挂执业许可证', en: 'The licence hangs there' },
        'x-options': [option('yes', '是', 'Yes'), option('no', '否', 'No')],
      },
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

test('a visit is filled in without a network and arrives once', { tag: ['@phone-zh'] }, async ({
  page,
  city,
  context,
  someone,
  signIn,
  t,
}) => {
  const base = city.baseURL
  const office = await someone()
  await signIn(office, 'campaign')
  await signIn(page, 'inspector')
  const me = (await ask(page, base, '/session')).user
  const officers = (await ask(office, base, '/inspection/officers?limit=200')).items
  const mine = officers.find((one: { staff_id: string }) => one.staff_id === me.id)
  expect(mine, 'the inspector is in the library').toBeTruthy()
  const other = officers.find(
    (one: { id: string; active: boolean; district: string }) =>
      one.id !== mine.id && one.active && one.district === mine.district,
  )
  const target = (await ask(office, base, '/inspection/targets?limit=200')).items.at(-1)
  const form = await checklist(office, base)
  const task = await ask(office, base, '/inspection/tasks', {
    kind: 'surprise',
    region: mine.district,
    target_id: target.id,
    officers: [mine.id, other.id],
    due_on: '2026-08-20',
    reason: '近期反映集中',
    form_id: form.id,
  })

  await page.goto(`${base}/console/inspection/visit/${task.id}`)
  await expect(page.getByRole('heading', { name: target.name, level: 1 })).toBeVisible()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

  await context.setOffline(true)
  await page.getByRole('button', { name: t('添加问题', 'Add a problem') }).click()
  const said = '收费公示栏的价格与系统不一致'
  await page.getByLabel(t('问题描述', 'What is wrong')).fill(said)
  await expect(page.getByRole('status')).toContainText(t('已存在手机', 'Kept on this phone'))
  await page.close()

  const again = await context.newPage()
  await again.goto(`${base}/console/inspection/visit/${task.id}`)
  await expect(again.getByLabel(t('问题描述', 'What is wrong'))).toHaveValue(said)
  await again.getByRole('button', { name: t('删去这一条', 'Remove') }).click()
  for (const { name } of [mine, other]) await again.getByRole('textbox', { name }).fill(name)
  await again.getByRole('radio', { name: t('是', 'Yes') }).check()
  await again.getByRole('button', { name: named(t('提交现场记录', 'Hand in')) }).click()
  await expect(again.getByRole('status')).toContainText(t('等待上传', 'Waiting to be sent'))

  await context.setOffline(false)
  await expect(again.getByRole('status')).toContainText(t('已上传', 'Sent'))
  await again.reload()
  await expect(again.getByRole('status')).toContainText(t('已上传', 'Sent'))
  expect(await ask(again, base, `/inspection/tasks/${task.id}/visits`)).toHaveLength(1)
})
