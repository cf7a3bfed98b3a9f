import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import { named, signInByForm } from '../harness/console'
import { expect, test } from '../harness/test'

test.use({ named: true })

test('a telephone and a passkey take the second step, and a passkey signs in by itself', {
  tag: ['@desktop-zh', '@phone-en'],
}, async ({ page, city, t, signIn, expectAccessible }) => {
  await withAuthenticator(page)
  const login = city.login('handler')
  const press = (zh: string, en: string) =>
    page.getByRole('button', { name: named(t(zh, en)) }).click()
  const prove = async () => {
    await page.getByLabel(t('请再输入一次密码', 'Your password once more')).fill(login.password)
    await press('继续', 'Go on')
  }

  await signIn(page, 'handler')
  await page.goto('/console/account')
  await press('绑定', 'Set up')
  await prove()
  const key = await page.locator('.qf-enrol-key').innerText()
  await page.getByLabel(t('六位动态口令', 'Six digits')).fill(codeOf(key, -1))
  await page
    .getByRole('dialog')
    .getByRole('button', { name: named(t('绑定', 'Set up')) })
    .click()
  await expect(page.locator('.qf-recovery li')).toHaveCount(10)
  // A dialog that is still growing under the pointer may take no press.
  await expect(page.locator('.ant-modal[class*="ant-zoom-"]')).toHaveCount(0)
  await press('已保存好', 'I have kept them')

  await press('添加', 'Add')
  await page.getByLabel(t('名称', 'Name'), { exact: true }).fill('e2e')
  await prove()
  await expect(page.getByText(t('通行密钥：e2e', 'Passkey: e2e'))).toBeVisible()
  await expectAccessible(page)

  await page.context().clearCookies()
  await page.goto('/console/login')
  await signInByForm(page, t, login)
  await page
    .getByLabel(t('手机上的六位动态口令', 'Six digits from your telephone'))
    .fill(codeOf(key, 0))
  await press('验证', 'Verify')
  await expect(page).not.toHaveURL(/login/)

  await page.context().clearCookies()
  await page.goto('/console/login')
  await press('使用通行密钥登录', 'Use a passkey')
  await expect(page).not.toHaveURL(/login/)
})

/** Gives the browser a passkey device in software, whose owner always agrees. */
async function withAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** The code that a telephone with this secret shows some steps from now (RFC 6238). */
function codeOf(secret: string, steps: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.trim()].map((c) => letters.indexOf(c).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  const count = Buffer.alloc(8)
  count.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))))
  const sum = mac.update(count).digest()
  const at = (sum.at(-1) ?? 0) & 15
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
