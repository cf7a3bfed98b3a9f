import type { Browser } from '@playwright/test'

/** A file as a person picks it. */
export type Evidence = { name: string; mimeType: string; buffer: Buffer }

/** What a telephone writes into its photos and nobody at an office may read. */
export const camera = 'QF-TELEPHONE-7'

/** 30°16′26.1″ N, 120°9′18.4″ E, as degrees, minutes, seconds in rationals. */
const north: Rationals = [
  [30, 1],
  [16, 1],
  [261, 10],
]
const east: Rationals = [
  [120, 1],
  [9, 1],
  [184, 10],
]
type Rationals = [number, number][]

/** The bytes of the latitude, as they stand in a photo. */
export const latitude = rationals(north)

/** Takes a photo: a picture of the wall beside the counter, with where and by what it was taken. */
export async function photo(browser: Browser, name: string): Promise<Evidence> {
  const context = await browser.newContext({ viewport: { width: 640, height: 480 } })
  try {
    const page = await context.newPage()
    await page.setContent('<body style="background:linear-gradient(45deg,#0e7c7b,#f4f1e8)">')
    const plain = await page.screenshot({ type: 'jpeg', quality: 80 })
    return { name, mimeType: 'image/jpeg', buffer: withPosition(plain) }
  } finally {
    await context.close()
  }
}

/** Says something: a tone of 440 Hz, as a recorder without compression writes it. */
export function voice(name: string, seconds = 1): Evidence {
  const rate = 8000
  const samples = Buffer.alloc(2 * rate * seconds)
  for (let i = 0; i < rate * seconds; i++) {
    samples.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / rate)), 2 * i)
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20) // PCM
  head.writeUInt16LE(1, 22) // one channel
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(2 * rate, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return { name, mimeType: 'audio/wav', buffer: Buffer.concat([head, samples]) }
}

/** Puts an Exif segment behind the first marker of a JPEG. */
function withPosition(jpeg: Buffer): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff()])
  const length = Buffer.alloc(2)
  length.writeUInt16BE(exif.length + 2)
  const marker = Buffer.from([0xff, 0xe1])
  return Buffer.concat([jpeg.subarray(0, 2), marker, length, exif, jpeg.subarray(2)])
}

const [ascii, long, rational] = [2, 4, 5]

/** The directories of an Exif segment: the camera's name, and a position below it. */
function tiff(): Buffer {
  const name = Buffer.from(`${camera}\0`)
  const main = 8 // where the first directory begins, behind the header
  const nameAt = main + 2 + 2 * 12 + 4
  const gps = nameAt + name.length + (name.length % 2)
  const northAt = gps + 2 + 4 * 12 + 4
  const eastAt = northAt + latitude.length
  return Buffer.concat([
    Buffer.from('II*\0'),
    number(main),
    directory(entry(0x0110, ascii, name.length, nameAt), entry(0x8825, long, 1, gps)),
    name,
    Buffer.alloc(name.length % 2),
    directory(
      entry(1, ascii, 2, 'N'.charCodeAt(0)),
      entry(2, rational, 3, northAt),
      entry(3, ascii, 2, 'E'.charCodeAt(0)),
      entry(4, rational, 3, eastAt),
    ),
    latitude,
    rationals(east),
  ])
}

function directory(...entries: Buffer[]): Buffer {
  const count = Buffer.alloc(2)
  count.writeUInt16LE(entries.length)
  return Buffer.concat([count, ...entries, number(0)])
}

function entry(tag: number, type: number, count: number, value: number): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(tag)
  head.writeUInt16LE(type, 2)
  return Buffer.concat([head, number(count), number(value)])
}

function rationals(values: Rationals): Buffer {
  return Buffer.concat(values.flat().map(number))
}

function number(n: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(n)
  return bytes
}
