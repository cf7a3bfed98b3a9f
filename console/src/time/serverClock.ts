/** From which difference on a clock is held to be wrong; below it the answer was merely slow. */
const tolerableMs = 5_000

const server = { aheadMs: 0 }

/** Learns from the `Qingfeng-Time` of an answer by how much the clock of this computer is wrong. */
export function learnServerTime(time: string | null): void {
  const ahead = Date.parse(time ?? '') - Date.now()
  if (Number.isNaN(ahead)) return
  server.aheadMs = Math.abs(ahead) < tolerableMs ? 0 : ahead
}

/** What time it is for the server, by whose clock deadlines run: milliseconds since 1970 UTC. */
export function serverNow(): number {
  return Date.now() + server.aheadMs
}
