/** Hands a file that the server has made to the browser, under the name that the server gave it. */
export async function download(
  answer: Promise<{ data?: unknown; response: Response }>,
  otherwise: string,
): Promise<void> {
  const { data, response } = await answer
  const url = URL.createObjectURL(data as Blob)
  const link = document.createElement('a')
  link.href = url
  link.download = nameIn(response.headers.get('Content-Disposition')) ?? otherwise
  link.click()
  // The browser has begun to read it by then.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Reads the file name out of a `Content-Disposition`, the one in any script first. */
export function nameIn(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]
}
