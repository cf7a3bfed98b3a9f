import { solve } from './solve.ts'

// The worker: it gets a puzzle and answers with the counter that solves it, so
// that the page stays awake meanwhile.
self.onmessage = (e: MessageEvent<{ challenge: string; bits: number }>) => {
  self.postMessage(solve(e.data.challenge, e.data.bits))
}
