import { translator } from '@/i18n/text'
import { settings } from '@/settings/settings'

/** One complaint of the server about one input, `location` as in `body.items[0].amount`. */
export interface FieldError {
  location: string
  message: string
}

/** What the server says in an RFC 9457 problem document, already in the person's language. */
export interface ProblemBody {
  status: number
  title: string
  detail?: string
  errors?: FieldError[] | null
  hint?: unknown
}

/** A request that the server refused, or that never reached it (status 0). */
export class ApiProblem extends Error {
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly errors: FieldError[]
  /** What to do about it, as text, or a machine-readable answer of the one endpoint that needs it. */
  readonly hint: unknown

  constructor(body: ProblemBody) {
    super(body.detail || body.title)
    this.name = 'ApiProblem'
    this.status = body.status
    this.title = body.title
    this.detail = body.detail ?? ''
    this.errors = body.errors ?? []
    this.hint = body.hint
  }
}

/** Reads the problem in a refused response; an answer that is none gets plain words of our own. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined)
  if (isProblem(body)) return new ApiProblem({ ...body, status: response.status })
  return new ApiProblem({ status: response.status, ...words(response.status) })
}

/** The problem of a request that got no answer at all. */
export function unreachable(): ApiProblem {
  return new ApiProblem({ status: 0, ...words(0) })
}

/** Any thrown value as a problem, so that every screen shows errors the same way. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  const t = translator(settings().language)
  return new ApiProblem({
    status: -1,
    title: t('页面出错了', 'Something went wrong on this page'),
    detail: t('请刷新页面后再试。', 'Please reload the page and try again.'),
  })
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'title' in body && body.title !== ''
}

function words(status: number): { title: string; detail: string } {
  const t = translator(settings().language)
  if (status === 0) {
    return {
      title: t('连不上服务器', 'The server cannot be reached'),
      detail: t(
        '请检查网络后重试，已填写的内容不会丢。',
        'Check the connection and try again; nothing you typed is lost.',
      ),
    }
  }
  if (status === 413) {
    return {
      title: t('内容太大', 'Too large'),
      detail: t('请减小文件后重试。', 'Please send a smaller file.'),
    }
  }
  return {
    title: t('服务器没有正常回答', 'The server did not answer properly'),
    detail: t(
      `请稍后重试；若一直如此，请告诉管理员（代码 ${status}）。`,
      `Try again in a moment; if it persists, tell the administrator (code ${status}).`,
    ),
  }
}
