import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { access, cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { binary, Program } from './program'

const built = fileURLToPath(new URL('../../var/test/browser-seed/', import.meta.url))

/**
 * The instant at which every city begins, in Shanghai: the last days of a month,
 * in office hours, so that a test can go on to the first of the next month.
 */
export const begin = '2026-07-28T09:00'

/** The folder of the city that every test copies; Playwright makes it before the first test. */
async function seedFolder(): Promise<string> {
  const hash = createHash('sha256').update(begin)
  await pipeline(createReadStream(binary), hash)
  return join(built, hash.digest('hex').slice(0, 16))
}

/**
 * Makes the city that every test copies: half a year of cases takes the program
 * as long as all the tests of one browser together. It is made anew with every
 * new program.
 */
export default async function makeSeed(): Promise<void> {
  const folder = await seedFolder()
  if (await exists(folder)) return
  await mkdir(built, { recursive: true })
  for (const old of await readdir(built)) {
    await rm(join(built, old), { recursive: true, force: true })
  }
  const half = `${folder}.half`
  const program = await Program.start({
    data: half,
    at: begin,
    limits: 'off',
    log: `${folder}.log`,
  })
  await program.stop()
  await rename(half, folder)
}

/** Copies the city into the folder data, as it was when it began. */
export async function copySeed(data: string): Promise<void> {
  await cp(await seedFolder(), data, { recursive: true, mode: constants.COPYFILE_FICLONE })
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
