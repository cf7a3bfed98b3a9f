import { acceptLanguage } from '@/settings/settings'
import { problemOf, unreachable } from './problem'

const uploads = '/api/v1/uploads'

/**
 * Sends a file ahead (tus 1.0.0, begun and sent in one request) and returns the identifier under
 * which the body of a later request names it. Refusals are thrown as `ApiProblem`.
 */
export async function upload(file: File): Promise<string> {
  const response = await globalThis
    .fetch(uploads, {
      method: 'POST',
      headers: {
        'Accept-Language': acceptLanguage(),
        'Content-Type': 'application/offset+octet-stream',
        'Tus-Resumable': '1.0.0',
        'Upload-Length': String(file.size),
        'Upload-Metadata': `filename ${encoded(file.name)},filetype ${encoded(file.type)}`,
      },
      body: file,
    })
    .catch(() => {
      throw unreachable()
    })
  if (!response.ok) throw await problemOf(response)
  return response.headers.get('Location')?.split('/').pop() ?? ''
}

/** A text as the protocol wants it: base64 of its UTF-8. */
function encoded(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)))
}
