import type { Page } from '@playwright/test'
import { ask } from '../harness/ask'
import type { City } from '../harness/city'
import { named } from '../harness/console'
import { pocket } from '../harness/devices'
import { expect, test } from '../harness/test'

/** A campaign that runs, concerns institutions and has not begun its self-examination. */
async function unasked(page: Page, city: City): Promise<string> {
  const { items } = await ask(page, city.baseURL, '/campaigns?limit=50')
  for (const { id, state } of items) {
    if (state !== 'running') continue
    const { stage, stages } = await ask(page, city.baseURL, `/campaigns/${id}/selfcheck`)
    if (stage !== '' || stages.length === 0) continue
    const { all } = await ask(page, city.baseURL, `/campaigns/${id}/coverage`)
    if (all.in_scope > 0) return id
  }
  throw new Error('no campaign runs without a round')
}

test('an institution examines itself, and its problem stands in the ledger', {
  tag: ['@desktop', '@phone-zh'],
}, async ({ page, city, locale, someone, signIn, t }) => {
  // The office begins the round and takes the link of one institution.
  await signIn(page, 'campaign')
  const id = await unasked(page, city)
  const round = `${city.baseURL}/console/campaign/list/${id}/selfcheck`
  await page.goto(round)
  await page.getByRole('button', { name: named(t('开展自查', 'Begin')) }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('radio').last().check()
  await drawer.getByRole('button', { name: named(t('开展自查', 'Begin')) }).click()
  await expect(page.getByText(t('应自查', 'Asked'), { exact: true }).first()).toBeVisible()
  const { items } = await ask(page, city.baseURL, `/campaigns/${id}/selfcheck/institutions?limit=1`)
  const { unit, name } = items[0]
  const link = await ask(page, city.baseURL, `/campaigns/${id}/selfcheck/institutions/${unit}/link`)

  // The institution opens it on a phone: what is missing is said, a draft is kept.
  const phone = await someone({ ...pocket, locale: locale ?? 'zh-CN' })
  await phone.goto(link.address)
  await expect(phone.getByText(name)).toBeVisible()
  await phone.getByRole('button', { name: t('提交', 'Send'), exact: true }).click()
  await expect(phone.locator('.wrong').first()).toBeVisible()
  const lines = phone.locator('form > fieldset.examined')
  const found = lines.first()
  const asked = ((await found.locator('legend').textContent()) ?? '').replace(/^\d+\.\s*/, '')
  expect(asked).not.toBe('')
  await found
    .getByRole('radio', { name: t('有问题，限期整改', 'to be put right by a day') })
    .check()
  for (const line of (await lines.all()).slice(1)) {
    await line.getByRole('radio', { name: t('无问题', 'No problem') }).check()
  }
  const said = '抽查发现三份检查单重复收费'
  await found.getByLabel(t('问题类别', 'Kind of problem')).selectOption('V06')
  await found.getByLabel(t('发现了什么问题？', 'What is the problem?')).fill(said)
  await found.getByLabel(t('责任人', 'Who is responsible')).fill('收费科科长')
  await phone.getByLabel(t('承诺人姓名', 'Name'), { exact: true }).fill('林院长')
  await phone.getByRole('button', { name: t('暂存，以后再填', 'Keep it and go on later') }).click()
  await expect(phone.locator('.done')).toBeVisible()
  await page.goto(`${round}?state=begun`)
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible()

  // It goes on where it was. A day that is over is refused, and nothing is lost.
  await phone.goto(link.address)
  await expect(found.getByLabel(t('发现了什么问题？', 'What is the problem?'))).toHaveValue(said)
  await found
    .getByLabel(t('整改措施', 'What was done'), { exact: false })
    .fill('清退多收的费用并培训')
  await found.getByLabel(t('整改期限', 'By which day')).fill('2020-01-01')
  await phone.getByRole('button', { name: t('提交', 'Send'), exact: true }).click()
  await expect(phone.locator('#wrong')).toContainText(t('整改期限', 'By which day'))
  await found.getByLabel(t('整改期限', 'By which day')).fill('2026-09-30')
  await phone.getByRole('button', { name: t('提交', 'Send'), exact: true }).click()
  const number = phone.locator('.ticket .institution')
  await expect(number).toContainText('ZC-')

  // The office reads it, and the ledger has the problem.
  await page.goto(`${round}?state=done`)
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page.locator('.qf-record-header')).toContainText((await number.textContent()) ?? '')
  await expect(page.getByRole('listitem').filter({ hasText: said })).toContainText(asked)
  await page.getByRole('link', { name: /^ZG-/ }).click()
  await expect(page.locator('.qf-record-header')).toContainText(said)

  // Once the link is revoked it opens nothing.
  await page.goto(`${round}/${unit}`)
  await page.getByRole('button', { name: t('停用链接', 'Revoke the link') }).click()
  await page.getByLabel(t('理由', 'Reason')).fill('链接外传')
  await page.getByRole('button', { name: named(t('确定', 'Confirm')) }).click()
  await expect(page.locator('.qf-record-header')).toContainText(t('链接已停用', 'Link revoked'))
  await phone.goto(link.address)
  await expect(phone.getByText(t('这个链接已停用', 'this link was revoked'))).toBeVisible()
})
