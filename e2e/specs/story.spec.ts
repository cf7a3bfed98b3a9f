import type { APIRequestContext } from '@playwright/test'
import { expect, test } from '../harness/test'

/** The case of a receipt, as the public API tells it. */
type Progress = { state: string; reply: string; timeline: { text: string }[] }

const signedIn = async (request: APIRequestContext, username: string, password: string) => {
  const answer = await request.post('/api/v1/session', { data: { username, password } })
  expect(answer.status(), `signing in as ${username}`).toBeLessThan(300)
}

test('a report is filed, handled and rated @desktop', async ({ city, playwright }) => {
  const person = await playwright.request.newContext({ baseURL: city.baseURL })
  const report = {
    token: city.reportToken,
    category: 'B',
    narrative: '在门诊等了三个小时才叫到号，希望分时段就诊。',
    mode: 'anonymous',
    idempotency_key: 'story-test-0001',
  }
  const accepted = await person.post('/api/v1/public/reports', { data: report })
  expect(accepted.status()).toBe(201)
  const { receipt } = await accepted.json()
  expect(receipt).toMatch(/^\d{16}$/)

  const again = await person.post('/api/v1/public/reports', { data: report })
  expect((await again.json()).receipt, 'the same submission gives the same receipt').toBe(receipt)

  const progress = async (): Promise<Progress> =>
    (await person.get(`/api/v1/public/receipts/${receipt}`)).json()
  await expect.poll(async () => (await progress()).state).toBe('dispatched')

  const staff = async (role: string) => {
    const context = await playwright.request.newContext({ baseURL: city.baseURL })
    const login = city.login(role)
    await signedIn(context, login.username, login.password)
    return context
  }
  const coordinator = await staff('coordinator')
  const { items } = await (await coordinator.get('/api/v1/cases?box=todo&limit=200')).json()
  const found = items.find((c: { title: string }) => c.title.startsWith('在门诊等了三个小时'))
  expect(found, 'the hospital finds the case').toBeTruthy()
  const step = async (context: APIRequestContext, name: string, data: object) => {
    const answer = await context.post(`/api/v1/cases/${found.id}/${name}`, { data })
    expect(answer.status(), `${name}: ${await answer.text()}`).toBeLessThan(300)
  }
  await step(coordinator, 'sign', {})
  await step(coordinator, 'submit', {
    outcome: 'true',
    cause: 'process',
    findings: '号源安排不合理。',
    reply: '已增设午间号源并公示等候时间，向您致歉。',
  })
  await step(await staff('supervisor'), 'approve', {})
  expect((await progress()).reply).toContain('午间号源')

  const rated = await person.post(`/api/v1/public/receipts/${receipt}/callback`, {
    data: { contacted: 'yes', solved: 'yes', satisfied: 'satisfied' },
  })
  expect((await rated.json()).state).toBe('archived')
})
