import type { BrowserContext } from '@playwright/test'

/** Begins to write down what no page of Qingfeng may do, and returns the list. */
export function watch(context: BrowserContext): string[] {
  const seen: string[] = []
  context.on('request', (request) => {
    const url = new URL(request.url())
    const local = ['data:', 'blob:', 'about:'].includes(url.protocol)
    if (!local && !['127.0.0.1', 'localhost'].includes(url.hostname)) {
      seen.push(`asked a third party: ${request.url()}`)
    }
  })
  context.on('weberror', (problem) => {
    seen.push(`uncaught error: ${problem.error().stack ?? problem.error().message}`)
  })
  context.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy')) {
      seen.push(`against its own policy: ${message.text()}`)
    }
  })
  return seen
}
