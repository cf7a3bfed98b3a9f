import { langParam, t } from './text.ts'

/** What of the upload protocol (tus 1.0.0) an upload needs. */
export type Wire = {
  /** Announces a file and returns its address. */
  create(file: Blob & { name?: string }): Promise<string>
  /** How many bytes have arrived; null when the server no longer knows the upload. */
  offset(url: string): Promise<number | null>
  /** Sends the rest of the file from offset; `signal` breaks it off. */
  send(
    url: string,
    part: Blob,
    offset: number,
    seen: (sent: number) => void,
    signal: AbortSignal,
  ): Promise<void>
  /** Throws the upload away. */
  discard(url: string): Promise<void>
}

/** A file that the server will not take, in its own words. */
export class Refused extends Error {}

const protocol = { 'Tus-Resumable': '1.0.0' }

/** The server's own uploads. */
export function serverWire(endpoint: string): Wire {
  const asking = (url: string) => `${url}?lang=${langParam()}`
  return {
    async create(file) {
      const metadata = [
        ['filename', file.name ?? ''],
        ['filetype', file.type],
      ].filter(([, value]) => value)
      const answer = await fetch(asking(endpoint), {
        method: 'POST',
        headers: {
          ...protocol,
          'Upload-Length': String(file.size),
          'Upload-Metadata': metadata
            .map(([key, value]) => `${key} ${base64(value ?? '')}`)
            .join(','),
        },
      })
      if (!answer.ok) throw await refusal(answer.status, await answer.text())
      return answer.headers.get('Location') ?? ''
    },
    async offset(url) {
      const answer = await fetch(asking(url), { method: 'HEAD', headers: protocol })
      if (answer.status === 404 || answer.status === 410) return null
      if (!answer.ok) throw new Error(`offset ${answer.status}`)
      return Number(answer.headers.get('Upload-Offset'))
    },
    send: (url, part, offset, seen, signal) => patch(asking(url), part, offset, seen, signal),
    async discard(url) {
      await fetch(asking(url), { method: 'DELETE', headers: protocol })
    },
  }
}

/** Only XMLHttpRequest tells how much of a body has left. */
function patch(
  url: string,
  part: Blob,
  offset: number,
  seen: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PATCH', url)
    request.setRequestHeader('Tus-Resumable', protocol['Tus-Resumable'])
    request.setRequestHeader('Upload-Offset', String(offset))
    request.setRequestHeader('Content-Type', 'application/offset+octet-stream')
    request.upload.onprogress = (e) => seen(e.loaded)
    request.onload = () => {
      if (request.status === 204) resolve()
      else reject(refusal(request.status, request.responseText))
    }
    request.onerror = () => reject(new Error('the connection broke'))
    request.onabort = () => reject(new Error('broken off'))
    signal.addEventListener('abort', () => request.abort())
    request.send(part)
  })
}

/** What stays wrong however often it is tried; the rest is worth another try. */
const final = [400, 403, 413, 415, 422]

function refusal(status: number, body: string): Error {
  if (!final.includes(status)) return new Error(`status ${status}`)
  try {
    const { title, detail } = JSON.parse(body) as { title: string; detail?: string }
    return new Refused(detail ? `${title}${t('。', '. ')}${detail}` : title)
  } catch {
    return new Refused('')
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
