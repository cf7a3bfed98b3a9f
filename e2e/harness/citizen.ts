import { expect, type Page } from '@playwright/test'
import type { Evidence } from './evidence'

/** The language of a test: picks one of two texts. */
export type T = (zh: string, en: string) => string

/** What a person reports. */
export type Report = {
  /** The value of a card: the letter of a category, or the code of an item. */
  category: string
  narrative: string
  files?: Evidence[]
  /** Says something into the microphone, where the page can record. */
  recorded?: boolean
}

/** Fills in the report form that is open, up to the last button. */
export async function fillIn(page: Page, t: T, report: Report): Promise<void> {
  await page.locator(`.card:has(input[value="${report.category}"])`).click()
  await page.locator('#narrative').fill(report.narrative)
  await onward(page)
  await onward(page)
  if (report.files) await attach(page, report.files)
  if (report.recorded) await record(page, t)
  await onward(page)
}

/** Goes to the next step, where the form is shown step by step. */
async function onward(page: Page): Promise<void> {
  const next = page.locator('.step.now .next')
  if (await next.isVisible()) await next.click()
}

/** Picks files, and waits until they have arrived where the page sends them at once. */
export async function attach(page: Page, files: Evidence[]): Promise<void> {
  await page.locator('#files').setInputFiles(files)
  if ((await page.locator('html.js').count()) > 0) {
    await expect(page.locator('.files input[name=upload]')).toHaveCount(files.length)
  }
}

/** Records a voice in the page for a moment. */
async function record(page: Page, t: T): Promise<void> {
  const before = await page.locator('.files input[name=upload]').count()
  await page.getByRole('button', { name: t('录一段话', 'Record your voice') }).click()
  const stop = page.getByRole('button', { name: t('正在录 00:01', 'Recording 00:01') })
  await stop.click()
  await expect(page.locator('.files input[name=upload]')).toHaveCount(before + 1)
}

/** Sends the form, and returns the sixteen digits of the receipt. */
export async function send(page: Page, t: T): Promise<string> {
  await page.getByRole('button', { name: t('提交', 'Send'), exact: true }).click()
  return receiptOn(page)
}

/** The receipt that a page shows, without spaces. */
export async function receiptOn(page: Page): Promise<string> {
  const receipt = page.locator('#receipt')
  await expect(receipt).toBeVisible()
  const digits = (await receipt.innerText()).replaceAll(/\s/g, '')
  expect(digits).toMatch(/^\d{16}$/)
  return digits
}

/** Opens how a case stands by typing its receipt. */
export async function track(page: Page, t: T, receipt: string): Promise<void> {
  await page.goto('/r')
  await page.locator('#r').fill(receipt)
  await page.getByRole('button', { name: t('查看', 'Show'), exact: true }).click()
}
