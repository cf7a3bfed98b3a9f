import { expect, type Locator, type Page } from '@playwright/test'
import type { T } from './citizen'
import type { City } from './city'
import type { Login } from './program'

/** Signs a page in as the demo's person of a role; the sign-in form has a test of its own. */
export async function signIn(page: Page, city: City, role: string): Promise<void> {
  const { username, password } = city.login(role)
  const answer = await page.request.post(`${city.baseURL}/api/v1/session`, {
    data: { username, password },
    headers: { Origin: city.baseURL },
  })
  expect(answer.ok(), `sign-in of ${role}: ${answer.status()} ${await answer.text()}`).toBe(true)
}

/** Lets the console speak a language from its first page on, as somebody who chose it once. */
export async function speak(page: Page, lang: 'zh-CN' | 'en'): Promise<void> {
  const language = lang === 'en' ? 'en' : 'zh'
  await page.addInitScript((chosen) => {
    const key = 'qingfeng.settings'
    if (!localStorage.getItem(key)) localStorage.setItem(key, JSON.stringify({ language: chosen }))
  }, language)
}

/** Signs in by the form, as a person does. */
export async function signInByForm(page: Page, t: T, login: Login): Promise<void> {
  await page.getByLabel(t('用户名', 'User name')).fill(login.username)
  await page.getByLabel(t('密码', 'Password')).fill(login.password)
  await page.getByRole('button', { name: named(t('登录', 'Sign in')) }).click()
}

/** Finds a case in the list by its number, and opens it. */
export async function openCase(page: Page, city: City, t: T, number: string): Promise<void> {
  await page.goto(`${city.baseURL}/console/casework/cases`)
  const search = page.getByLabel(t('编号、标题或正文', 'Number, title or text'))
  await search.fill(number)
  await search.press('Enter')
  const row = page.locator('tr[data-row-key], .qf-card').filter({ hasText: number })
  await row.getByRole('link').first().click()
  await expect(page.locator('.qf-record-header')).toContainText(number)
}

/**
 * Takes a step on the case that is open: presses its button, or finds it among
 * the others; fills in the form by the labels of its texts; sends it.
 */
export async function takeStep(page: Page, t: T, step: string, fill: Fill = {}): Promise<void> {
  const actions = page.locator('.qf-record-actions')
  await expect(actions.getByRole('button').first()).toBeVisible()
  const primary = actions.getByRole('button', { name: named(step) })
  if (await primary.isVisible()) {
    await primary.click()
  } else {
    await actions.getByRole('button', { name: named(t('更多操作', 'More')) }).click()
    await page.getByRole('menuitem', { name: named(step) }).click()
  }
  const form = page.getByRole('dialog')
  await expect(form).toBeVisible()
  // A list that opens while the form still slides in stays where the form was.
  await expect(page.locator('.ant-drawer [class*="-motion-appear"]')).toHaveCount(0)
  for (const [label, value] of Object.entries(fill.texts ?? {})) {
    await form.getByLabel(label, { exact: true }).fill(value)
  }
  for (const [label, value] of Object.entries(fill.picks ?? {}))
    await pick(page, form, label, value)
  await form.getByRole('button', { name: named(step) }).click()
  await expect(form).toBeHidden()
}

/** What is filled in on the form of a step. */
type Fill = {
  /** Texts by their labels. */
  texts?: Record<string, string>
  /** What is chosen in lists, by their labels: typed, then picked. */
  picks?: Record<string, string>
}

/**
 * Types into a list that can be searched, and takes what is found; again where the list was
 * renewed under the pointer.
 */
async function pick(page: Page, form: Locator, label: string, value: string): Promise<void> {
  const list = form.getByLabel(label, { exact: true })
  const field = form
    .locator('.ant-form-item')
    .filter({ has: page.getByLabel(label, { exact: true }) })
  await expect(async () => {
    await list.fill(value)
    await page
      .locator('.ant-select-tree-node-content-wrapper, .ant-select-item-option')
      .filter({ hasText: value, visible: true })
      .first()
      .click({ timeout: 5_000 })
    await expect(field).toContainText(value, { timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
}

/** A name as Ant Design writes it: icons may stand beside it, and two Chinese characters apart. */
export function named(text: string): RegExp {
  const escaped = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const spaced = /^\p{Script=Han}{2}$/u.test(text) ? [...text].join('\\s?') : escaped
  return new RegExp(`(^|\\s)${spaced}($|\\s)`)
}
