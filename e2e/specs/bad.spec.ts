import { fillIn, receiptOn, send, track } from '../harness/citizen'
import { named, signIn, signInByForm } from '../harness/console'
import { type Evidence, photo, voice } from '../harness/evidence'
import { expect, test } from '../harness/test'

const disguised: Evidence = {
  name: 'photo.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('<!doctype html><script>alert(1)</script>'),
}

test('a code that nobody knows says so and lets the person report anyway', async ({
  page,
  t,
  javaScriptEnabled,
}) => {
  await page.goto('/q/abcdefghijklmnop')
  await expect(page.locator('.note')).toContainText(t('我们不认识它', 'not one of ours'))
  await expect(page.locator('.note a[href^="tel:"]')).toBeVisible()
  await page.locator('#region').selectOption('990102')
  if (javaScriptEnabled === false) {
    await page.getByRole('button', { name: t('查找', 'Find'), exact: true }).click()
  }
  const institution = page.locator('#institution option').nth(1)
  await expect(institution).toBeAttached()
  const chosen = await institution.innerText()
  await page.locator('#institution').selectOption({ label: chosen })
  const next = page.locator('.step.now .next')
  if (await next.isVisible()) await next.click()
  await fillIn(page, t, { category: 'A', narrative: t('导诊台没有人。', 'Nobody at the desk.') })
  await track(page, t, await send(page, t))
  await expect(page.locator('.timeline li').first()).toBeVisible()
})

test('a code that was revoked says so, and a report behind it names the place by choice', {
  tag: ['@phone'],
}, async ({ page, ownCity, t }) => {
  await signIn(page, ownCity, 'system_admin')
  const codes = `${ownCity.baseURL}/api/v1/codes`
  const { items } = await (await page.request.get(codes)).json()
  const { id, token } = items.find((c: { revoked_at?: string }) => !c.revoked_at)
  await page.goto(`${ownCity.baseURL}/q/${token}`)
  await expect(page.locator('.spot .institution')).toBeVisible()
  const answer = await page.request.post(`${codes}/${id}/revoke`, {
    data: { reason: '海报被人换过' },
    headers: { Origin: ownCity.baseURL },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  await page.reload()
  await expect(page.locator('.note')).toContainText(t('已停用', 'no longer in use'))
  await expect(page.locator('#institution')).toBeAttached()
})

test('a report without words is refused beside the field, and nothing is lost', async ({
  page,
  city,
  t,
}) => {
  await page.goto(city.formURL)
  await fillIn(page, t, { category: 'D', narrative: '   ' })
  await page.getByRole('button', { name: t('提交', 'Send'), exact: true }).click()
  await expect(page.locator('#wrong')).toBeFocused()
  await expect(page.locator('#e-narrative')).toHaveText(
    t('请写下发生了什么', 'Please say what happened'),
  )
  await expect(page.locator('input[name=category][value=D]')).toBeChecked()
})

test('a report that is too long is refused with how much is too much', async ({
  page,
  city,
  t,
}) => {
  const narrative = t('长', 'w').repeat(5_001)
  await page.goto(city.formURL)
  await fillIn(page, t, { category: 'A', narrative })
  await page.getByRole('button', { name: t('提交', 'Send'), exact: true }).click()
  await expect(page.locator('#e-narrative')).toContainText(/5,?000/)
  await expect(page.locator('#narrative')).toHaveValue(narrative)
})

test('a receipt that does not exist says what to do', async ({ page, t }) => {
  await track(page, t, '0000 1111 2222 3333')
  await expect(page.locator('#wrong')).toBeVisible()
  await expect(page.locator('#r')).toHaveValue(/0000.?1111.?2222.?3333/)
  await track(page, t, '1234')
  await expect(page.locator('#wrong')).toContainText(t('16 位', 'sixteen digits'))
})

test('a page that calls itself a photo is refused, and the real photo stays', async ({
  page,
  browser,
  city,
  t,
  javaScriptEnabled,
}) => {
  const scripted = javaScriptEnabled !== false
  const real = await photo(browser, 'real.jpg')
  const narrative = t('见照片。', 'See the photo.')
  await page.goto(city.formURL)
  await fillIn(page, t, { category: 'A', narrative })
  const back = page.locator('.step.now .walk button').first()
  if (await back.isVisible()) await back.click()
  await page.locator('#files').setInputFiles([disguised, real])
  if (scripted) {
    const refused = page.locator('.files li').filter({ hasText: disguised.name })
    await expect(refused.locator('[role=status]')).toContainText('JPG')
    await refused.getByRole('button', { name: t('移除', 'Remove') }).click()
    const next = page.locator('.step.now .next')
    if (await next.isVisible()) await next.click()
  } else {
    await page.getByRole('button', { name: t('提交', 'Send'), exact: true }).click()
    await expect(page.locator('#e-files')).toContainText(disguised.name)
    await expect(page.locator('#narrative')).toHaveValue(narrative)
    await expect(page.locator('.files label')).toHaveText([real.name])
  }
  await send(page, t)
})

test('a draft survives a reload, and is gone once the report is sent', {
  tag: ['@phone', '@desktop'],
}, async ({ page, city, t }) => {
  const narrative = t('在走廊等了两个小时。', 'Two hours in the corridor.')
  await page.goto(city.formURL)
  await fillIn(page, t, { category: 'D', narrative })
  await page.reload()
  await expect(page.locator('.draft')).toContainText(
    t('已恢复您上次没写完的内容', 'What you had not finished is back'),
  )
  await expect(page.locator('#narrative')).toHaveValue(narrative)
  await expect(page.locator('input[name=category][value=D]')).toBeChecked()
  await fillIn(page, t, { category: 'D', narrative })
  await send(page, t)
  await page.goto(city.formURL)
  await expect(page.locator('#narrative')).toHaveValue('')
})

test('a form that is sent twice gives the same receipt', async ({ page, city, t }) => {
  await page.goto(city.formURL)
  await fillIn(page, t, { category: 'A', narrative: t('没人应声。', 'Nobody answered.') })
  const receipt = await send(page, t)
  await page.reload()
  expect(await receiptOn(page)).toBe(receipt)
})

test('an upload that breaks off goes on where it broke', { tag: ['@phone', '@desktop'] }, async ({
  page,
  context,
  city,
  t,
}) => {
  const long = voice('long.wav', 60)
  const half = long.buffer.length / 2
  const sentFrom: number[] = []
  // The first time, half of the file arrives before the telephone is offline.
  await page.route('**/api/v1/uploads/*', async (route, request) => {
    if (request.method() !== 'PATCH') return route.continue()
    sentFrom.push(Number(request.headers()['upload-offset']))
    if (sentFrom.length > 1) return route.continue()
    const { 'content-length': _, ...headers } = request.headers()
    await route.fetch({ headers, postData: long.buffer.subarray(0, half) })
    await context.setOffline(true)
    await route.abort('internetdisconnected')
  })
  await page.goto(city.formURL)
  await fillIn(page, t, { category: 'A', narrative: t('有录音。', 'There is a recording.') })
  await page.locator('#files').setInputFiles([long])
  const said = page.locator('.files li [role=status]')
  await expect(said).toHaveText(
    t('网络断了，会自动接着传', 'The connection broke; it goes on by itself'),
  )
  await context.setOffline(false)
  await expect(said).toHaveText(t('已传好', 'Uploaded'))
  expect(sentFrom).toEqual([0, half])
  await send(page, t)
})

test('a session that ends in the middle of a reply loses nothing', { tag: ['@desktop'] }, async ({
  page,
  city,
  signIn,
  t,
}) => {
  await signIn(page, 'coordinator')
  await page.goto('/console/casework/cases?box=todo')
  await page.locator('tr[data-row-key] a').first().click()
  const text = t('我们正在核实，请您稍等。', 'We are looking into it; please bear with us.')
  const box = page.getByLabel(t('给诉求人留言', 'Write to the reporter'))
  await box.fill(text)
  const address = page.url()
  await page.request.delete('/api/v1/session', { headers: { Origin: city.baseURL } })
  await page.getByRole('button', { name: named(t('发送', 'Send')) }).click()
  await signInByForm(page, t, city.login('coordinator'))
  await expect(page).toHaveURL(address)
  await expect(box).toHaveValue(text)
  await page.getByRole('button', { name: named(t('发送', 'Send')) }).click()
  await expect(page.locator('.qf-case-bubble').filter({ hasText: text })).toBeVisible()
})
