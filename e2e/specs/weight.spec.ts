import { expect, test } from '../harness/test'

/** product.md 1: all that the report page needs before any upload, as it is sent. */
const most = 40 * 1024

test('the report page and all that it needs weigh at most 40 KB', {
  tag: ['@phone', '@nojs'],
}, async ({ page, city }) => {
  let bytes = 0
  const asked: string[] = []
  page.on('requestfinished', async (request) => {
    asked.push(new URL(request.url()).origin)
    const { responseHeadersSize, responseBodySize } = await request.sizes()
    bytes += responseHeadersSize + responseBodySize
  })
  await page.goto(city.formURL, { waitUntil: 'networkidle' })
  await expect(page.locator('#narrative')).toBeAttached()
  await expect.poll(() => bytes).toBeGreaterThan(5_000)
  expect(bytes).toBeLessThanOrEqual(most)
  expect(new Set(asked.filter((origin) => origin !== 'null'))).toEqual(new Set([city.baseURL]))
})
