import type { Answer, Asked, Endpoints } from '@/test/fakeFetch'
import { problem } from '@/test/fakeFetch'
import { makeCases } from './cases'

const all = makeCases(Date.now())
let signedIn = !new URLSearchParams(location.search).has('signedout')

const user = {
  id: 'u1',
  name: '周敏',
  unit: '海州市卫生健康委员会',
  roles: ['dispatcher'],
  permissions: ['case.read', 'case.dispatch'],
}

const unitNames = [
  '海州市卫生健康委员会',
  '东城区',
  '南湖区',
  '市第一医院',
  '市第二医院',
  '东城医院',
]
const unitList = unitNames.map((name, i) => ({
  id: `o${i}`,
  name,
  kind: 'unit',
  has_children: i < 3,
}))

const notices = Array.from({ length: 23 }, (_, i) => ({
  id: `n${i}`,
  title: [
    '诉求 QF-990102-20260728-000123 还有 4 小时到期',
    '东城医院退回了一件诉求',
    '上月三率数据已生成',
  ][i % 3],
  at: new Date(Date.now() - i * 5_400_000).toISOString(),
  url: '/casework/cases/c0',
  read: i > 2,
}))

/** The gallery's server. */
export const endpoints: Endpoints = {
  'GET /api/v1/session': () => (signedIn ? { body: { user } } : problem(401, '请先登录')),
  'POST /api/v1/session': ({ body }) => {
    if ((body as { password: string }).password === 'wrong') {
      return problem(401, '用户名或密码不对', {
        detail: '请检查大小写；连续输错五次会锁定 15 分钟。',
      })
    }
    signedIn = true
    return { body: { user } }
  },
  'DELETE /api/v1/session': () => {
    signedIn = false
    return {}
  },
  'PUT /api/v1/session/password': () =>
    problem(422, '没有修改', {
      detail: '请按提示修改后再提交。',
      errors: [{ location: 'body.next', message: '新密码至少 12 个字' }],
    }),
  'GET /api/v1/sessions': () => ({
    body: {
      items: [
        {
          id: 's1',
          device: 'Chrome · Windows',
          last_seen_at: new Date().toISOString(),
          current: true,
        },
        {
          id: 's2',
          device: '微信 · Android',
          last_seen_at: '2026-07-20T03:12:00Z',
          current: false,
        },
      ],
    },
  }),
  'DELETE /api/v1/sessions/s2': () => ({}),
  'GET /api/v1/notifications': (asked) => {
    const rows = asked.query.get('unread') === 'true' ? notices.filter((n) => !n.read) : notices
    const answer = page(rows, asked)
    return { body: { ...(answer.body as object), unread: notices.filter((n) => !n.read).length } }
  },
  'POST /api/v1/notifications/read': ({ body }) => {
    const { ids } = body as { ids: string[] }
    for (const notice of notices) if (ids.includes(notice.id)) notice.read = true
    return {}
  },
  'GET /api/v1/search': ({ query }) => {
    const q = query.get('q') ?? ''
    const items = all
      .filter((one) => one.number.includes(q) || one.title.includes(q) || one.place.includes(q))
      .slice(0, 7)
      .map((one) => ({ kind: 'case', url: `/casework/cases/${one.id}`, ...one }))
    return { body: { items } }
  },
  'GET /api/v1/org/units': ({ query }) => {
    const ids = query.getAll('id')
    const q = query.get('q')
    if (ids.length > 0) return { body: { items: unitList.filter((unit) => ids.includes(unit.id)) } }
    if (q) return { body: { items: unitList.filter((unit) => unit.name.includes(q)) } }
    return { body: { items: query.get('parent') ? unitList.slice(3) : unitList.slice(0, 3) } }
  },
  'GET /gallery/cases': (asked) => {
    const state = asked.query.getAll('state')
    const q = asked.query.get('q') ?? ''
    const fits = all.filter(
      (one) => (state.length === 0 || state.includes(one.state)) && one.title.includes(q),
    )
    return page(fits, asked)
  },
  'POST /gallery/cases': ({ body }) =>
    (body as { title?: string }).title
      ? { body: { id: 'c0' } }
      : problem(422, '还不能登记', {
          detail: '有 2 处需要修改。',
          errors: [
            { location: 'body.title', message: '请写明反映的问题' },
            { location: 'body.reporter', message: '实名反映需要留下称呼' },
          ],
        }),
  'POST /gallery/import': ({ body }) => importAnswer((body as FormData).has('valid_only')),
}

function page(rows: unknown[], { query }: Asked): Answer {
  const from = Number(query.get('after') ?? 0)
  const limit = Number(query.get('limit') ?? 20)
  const next = from + limit < rows.length ? { next: String(from + limit) } : {}
  const count = from === 0 ? { count: { value: rows.length, capped: false } } : {}
  return { body: { items: rows.slice(from, from + limit), ...next, ...count } }
}

function importAnswer(validOnly: boolean): Answer {
  const refused = [
    { row: 3, field: '机构代码', value: '12370200MB2A', message: '统一社会信用代码应为 18 位' },
    { row: 9, field: '受理时间', value: '2026-02-30', message: '没有这一天' },
    { row: 9, field: '区划', value: '999999', message: '没有这个行政区划代码' },
  ]
  return { body: { total: 128, valid: 126, imported: validOnly ? 126 : 0, refused } }
}
