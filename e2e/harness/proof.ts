import { execFile } from 'node:child_process'
import { expect, type Page } from '@playwright/test'
import { type T, track } from './citizen'
import { binary } from './program'

/** What a command said, and whether it was content. */
export type Said = { code: number; output: string }

/** Opens how a case stands once the public log shows the report: it is signed once a minute. */
export async function trackUntilProven(page: Page, t: T, receipt: string): Promise<void> {
  const state = async () => {
    await track(page, t, receipt)
    return page.locator('.checked').getAttribute('data-log')
  }
  await expect.poll(state, { timeout: 90_000, intervals: [2_000] }).toBe('shown')
}

/** Saves the proof file from the page that is open, and returns where it lies. */
export async function saveProof(page: Page, t: T, to: string): Promise<void> {
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: t('保存凭证文件', 'Save the proof file') }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe('qingfeng-receipt.json')
  await download.saveAs(to)
}

/**
 * Runs the program as a person at a terminal would, in a folder of theirs and with nothing of the
 * city: neither its data nor its address.
 */
export async function atTerminal(folder: string, lang: string, args: string[]): Promise<Said> {
  const locale = lang === 'en' ? 'en_GB.UTF-8' : 'zh_CN.UTF-8'
  const options = { cwd: folder, env: { LANG: locale, HOME: folder } }
  return new Promise((resolve, reject) => {
    execFile(binary, args, options, (problem, stdout, stderr) => {
      const code = problem ? problem.code : 0
      if (typeof code === 'number') resolve({ code, output: stdout + stderr })
      else reject(problem)
    })
  })
}
