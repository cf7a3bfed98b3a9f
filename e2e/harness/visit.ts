import { expect, type Page } from '@playwright/test'
import type { T } from './citizen'

/** Somebody on the library of inspectors. */
export type Person = {
  id: string
  staff_id: string
  name: string
  active: boolean
  district: string
}

/** The other inspector draws on the phone of the first, where it is not done yet. */
export async function drawn(page: Page, t: T, { name }: { name: string }): Promise<void> {
  const sign = page.locator('.qf-visit-sign').filter({ hasText: name })
  await expect(sign.getByRole('textbox')).toHaveCount(0)
  const pad = sign.getByRole('img')
  if ((await pad.count()) === 0) return
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('there is nothing to draw on')
  await page.mouse.move(box.x + 20, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + 80, box.y + 50, { steps: 5 })
  await page.mouse.up()
  await sign.getByRole('button', { name: t('完成签名', 'Done') }).click()
  await expect(sign).toContainText(t('已签名', 'Signed'))
}
