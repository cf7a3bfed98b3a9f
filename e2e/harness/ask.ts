import { expect, type Page } from '@playwright/test'

/** Asks the API as the person of a page. */
export async function ask(page: Page, base: string, path: string, data?: object) {
  const at = `${base}/api/v1${path}`
  const answer = data
    ? await page.request.post(at, { data, headers: { Origin: base } })
    : await page.request.get(at)
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
  return answer.json()
}
