import { describe, expect, it } from 'vitest'
import { changeSettings } from '@/settings/settings'
import { ApiProblem, asProblem, problemOf, unreachable } from './problem'

function refusal(status: number, body: string, type = 'application/problem+json') {
  return new Response(body, { status, headers: { 'Content-Type': type } })
}

describe('problemOf', () => {
  it('takes over what the server says', async () => {
    const body = {
      status: 422,
      title: '还不能登记',
      detail: '有 1 处需要修改。',
      errors: [{ location: 'body.title', message: '请写明反映的问题' }],
      hint: '可以先保存草稿',
    }
    const problem = await problemOf(refusal(422, JSON.stringify(body)))
    expect(problem).toMatchObject(body)
    expect(problem.message).toBe('有 1 处需要修改。')
  })

  it('reads missing and null complaints as none', async () => {
    const problem = await problemOf(refusal(409, '{"title":"已被他人修改","errors":null}'))
    expect(problem).toMatchObject({ status: 409, errors: [], detail: '', message: '已被他人修改' })
  })

  it.each(['<html>502</html>', '', 'null', '{}', '[]', '{"title":""}'])(
    'finds words of its own for %j',
    async (body) => {
      const problem = await problemOf(refusal(502, body))
      expect(problem.title).toBe('服务器没有正常回答')
      expect(problem.detail).toContain('502')
    },
  )

  it('speaks the language of the person', async () => {
    changeSettings({ language: 'en' })
    expect((await problemOf(refusal(413, ''))).title).toBe('Too large')
    expect(unreachable()).toMatchObject({ status: 0, title: 'The server cannot be reached' })
  })
})

describe('asProblem', () => {
  it('keeps problems and hides what programs say to programmers', () => {
    const problem = new ApiProblem({ status: 404, title: '没有找到' })
    expect(asProblem(problem)).toBe(problem)
    expect(asProblem(new TypeError('x is undefined')).message).not.toContain('undefined')
  })
})
