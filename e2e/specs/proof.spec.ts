import { readFile, writeFile } from 'node:fs/promises'
import { fillIn, send } from '../harness/citizen'
import { photo } from '../harness/evidence'
import { atTerminal, saveProof, trackUntilProven } from '../harness/proof'
import { expect, test } from '../harness/test'

test.setTimeout(240_000)

// The reporter needs nobody's word: the page says since when the public log shows the report, and
// the saved file proves it to anybody, without the network. One altered character gives itself away.
test(
  'a reporter proves a report without us',
  { tag: ['@phone', '@nojs-zh'] },
  async ({ page, browser, city, t, lang, expectAccessible }, info) => {
    const narrative = t(
      '收费单上有一项三百元的检查，我没有做过。',
      'The bill lists a test for 300 yuan that was never done.',
    )
    const bill = await photo(browser, 'bill.jpg')
    await page.goto(city.formURL)
    await fillIn(page, t, { category: 'D', narrative, files: [bill] })
    const receipt = await send(page, t)

    // The page says what was checked.
    await trackUntilProven(page, t, receipt)
    const checked = page.locator('.checked')
    for (const line of [
      t('已在公开日志里', 'In the public log: entry'),
      t('您写的内容与受理时一致', 'What you wrote is as it was accepted'),
      t('受理时承诺最迟 8月', 'At acceptance an answer was promised by'),
    ]) {
      await expect(checked).toContainText(line)
    }
    await expect(checked.locator('.warn')).toHaveCount(0)
    await page.locator('.proof summary').click()
    await expectAccessible(page)

    // The file holds up on a machine that knows nothing of us.
    const folder = info.outputPath()
    await saveProof(page, t, info.outputPath('qingfeng-receipt.json'))
    await writeFile(info.outputPath('bill.jpg'), bill.buffer)
    await writeFile(info.outputPath('other.jpg'), bill.buffer.subarray(1))
    const key = await (await page.request.get(`${city.baseURL}/log/key`)).text()
    const verify = (...args: string[]) => atTerminal(folder, lang, ['receipt', 'verify', ...args])
    const honest = await verify('qingfeng-receipt.json', '--key', key.trim(), '--file', 'bill.jpg')
    expect(honest).toMatchObject({ code: 0 })
    expect(honest.output).toContain(t('凭证成立。', 'The receipt holds.'))
    expect(honest.output).toContain(t('✓ 文件 bill.jpg 就是', '✓ file bill.jpg is one'))
    expect(honest.output).not.toContain('✗')
    const strange = await verify('qingfeng-receipt.json', '--file', 'other.jpg')
    expect(strange).toMatchObject({ code: 1 })
    expect(strange.output).toContain(t('✗ 文件 other.jpg', '✗ file other.jpg'))

    // One character of what was said is another.
    const saved = await readFile(info.outputPath('qingfeng-receipt.json'), 'utf8')
    expect(saved).toContain(narrative)
    const other = narrative.replace(t('三', '3'), t('五', '5'))
    await writeFile(info.outputPath('altered.json'), saved.replace(narrative, other))
    const altered = await verify('altered.json', '--key', key.trim())
    expect(altered).toMatchObject({ code: 1 })
    expect(altered.output).toContain(t('已被改动', 'it was altered'))
    expect(altered.output).toContain(t('凭证不成立', 'the receipt does not hold'))
  },
)

// Whoever comes by reads what was signed, without a name or a word of anybody.
test('the public log has a page', { tag: ['@phone', '@desktop'] }, async ({ page, city, t }) => {
  await page.goto(city.baseURL)
  await page.getByRole('link', { name: t('公开日志', 'Public log') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(t('公开日志', 'public log'))
  await expect(page.locator('.heads tbody tr').first()).toBeVisible()
  const head = await page.request.get(`${city.baseURL}/log/checkpoint`)
  const [name, , hash] = (await head.text()).split('\n')
  await expect(page.locator('main')).toContainText(String(name))
  await page.locator('.facts summary').click()
  await expect(page.locator('.facts details .key')).toHaveText(String(hash))
  await expect(page.locator('main')).toContainText('qingfeng receipt verify')
})
