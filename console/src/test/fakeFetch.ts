/** What a fake endpoint answers: a body, or a problem document with its status. */
export type Answer = { status?: number; body?: unknown }

/** One request as a fake endpoint sees it. */
export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  /** The parsed JSON body, or the text of any other. */
  body: unknown
  headers: Headers
}

/** Fake endpoints by `METHOD /path`. */
export type Endpoints = Record<string, (asked: Asked) => Answer | Promise<Answer>>

/** A `fetch` that knows only these endpoints; `asked` collects every request. */
export function fakeFetch(endpoints: Endpoints, asked: Asked[] = []): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init)
    const url = new URL(request.url)
    const one: Asked = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      body: await bodyOf(request),
      headers: request.headers,
    }
    asked.push(one)
    const endpoint = endpoints[`${one.method} ${one.path}`]
    return respond(endpoint ? await endpoint(one) : problem(404, `no fake for ${one.path}`))
  }
}

/** A problem document as the server writes it. */
export function problem(status: number, title: string, more: object = {}): Answer {
  return { status, body: { status, title, ...more } }
}

function respond({ status = 200, body }: Answer): Response {
  if (body === undefined) return new Response(null, { status: status === 200 ? 204 : status })
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } })
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text()
  const isJson = request.headers.get('Content-Type') === 'application/json'
  return isJson && text ? JSON.parse(text) : text
}
