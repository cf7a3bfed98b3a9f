import { crc32, inflateRawSync } from 'node:zlib'

const local = 0x04034b50
const entry = 0x02014b50
const end = 0x06054b50
const deflated = 8

/** An archive of texts by their names, as they are. */
export function zipped(files: Record<string, string>): Buffer {
  const parts: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text)
    const title = Buffer.from(name)
    // Version, flags, method, time, day, checksum, both sizes, length of the name, of the rest.
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(0x21, 8)
    facts.writeUInt32LE(crc32(data), 10)
    facts.writeUInt32LE(data.length, 14)
    facts.writeUInt32LE(data.length, 18)
    facts.writeUInt16LE(title.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    entries.push(number(entry), Buffer.from([20, 0]), facts, place, title)
    const part = Buffer.concat([number(local), facts, title, data])
    parts.push(part)
    at += part.length
  }
  const list = Buffer.concat(entries)
  const last = Buffer.alloc(18)
  const count = Object.keys(files).length
  last.writeUInt16LE(count, 4)
  last.writeUInt16LE(count, 6)
  last.writeUInt32LE(list.length, 8)
  last.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, list, number(end), last])
}

/** The text of one file of an archive. */
export function unzipped(archive: Buffer, name: string): string {
  let at = archive.readUInt32LE(archive.lastIndexOf(number(end)) + 16)
  while (archive.readUInt32LE(at) === entry) {
    const [title = 0, extra = 0, note = 0] = [28, 30, 32].map((part) =>
      archive.readUInt16LE(at + part),
    )
    if (archive.toString('utf8', at + 46, at + 46 + title) === name) return content(archive, at)
    at += 46 + title + extra + note
  }
  throw new Error(`${name} is not in the archive`)
}

/** What the entry at a place of the list stands for. */
function content(archive: Buffer, at: number): string {
  const size = archive.readUInt32LE(at + 20)
  const from = archive.readUInt32LE(at + 42)
  const begin = from + 30 + archive.readUInt16LE(from + 26) + archive.readUInt16LE(from + 28)
  const data = archive.subarray(begin, begin + size)
  return (archive.readUInt16LE(at + 10) === deflated ? inflateRawSync(data) : data).toString()
}

function number(value: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(value)
  return four
}
