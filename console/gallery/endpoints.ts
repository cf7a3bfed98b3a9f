import type { Answer, Asked, Endpoints } from '@/test/fakeFetch'
import { problem } from '@/test/fakeFetch'
import { makeCases } from './cases'

const all = makeCases(Date.now())
let signedIn = !new URLSearchParams(location.search).has('signedout')

const user = {
  id: 'u1',
  username: 'zhoumin',
  name: '周敏',
  title: '科长',
  unit: '海州市卫生健康委员会',
  unit_id: 'o0',
  path: '/990100/o0/',
  roles: [],
  permissions: ['case.read', 'org.read'],
  must_change: new URLSearchParams(location.search).has('firstpassword'),
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
  kind: i > 0 && i < 3 ? 'region' : 'institution',
  leaf: i === 0 || i > 2,
}))

const notices = Array.from({ length: 23 }, (_, i) => ({
  id: `n${i}`,
  kind: 'case.due',
  title: [
    {
      zh: '诉求 QF-990102-20260728-000123 还有 4 小时到期',
      en: 'Case QF-990102-20260728-000123 is due in 4 hours',
    },
    { zh: '东城医院退回了一件诉求', en: 'Dongcheng Hospital returned a case' },
    { zh: '上月三率数据已生成', en: 'Last month’s rates are ready' },
  ][i % 3],
  body: { zh: '', en: '' },
  created_at: new Date(Date.now() - i * 5_400_000).toISOString(),
  link: '/casework/cases/c0',
  read_at: i > 2 ? '2026-07-28T00:00:00Z' : undefined,
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
  'POST /api/v1/session/password': () =>
    problem(422, '没有修改', {
      detail: '请按提示修改后再提交。',
      errors: [{ location: 'body.new', message: '新密码至少 12 个字' }],
    }),
  'GET /api/v1/notifications': (asked) => {
    return page(
      asked.query.get('unread') === 'true' ? notices.filter((one) => !one.read_at) : notices,
      asked,
    )
  },
  'GET /api/v1/notifications/unread': () => ({
    body: { value: notices.filter((one) => !one.read_at).length, capped: false },
  }),
  'POST /api/v1/notifications/read': ({ body }) => {
    const { ids } = body as { ids: string[] }
    for (const notice of notices)
      if (ids.includes(notice.id)) notice.read_at = '2026-07-28T00:00:00Z'
    return {}
  },
  'GET /api/v1/cases': ({ query }) => {
    const q = query.get('q') ?? ''
    const items = all.filter((one) => one.number.includes(q) || one.title.includes(q)).slice(0, 5)
    return { body: { items } }
  },
  'GET /api/v1/org/places': () => ({ body: { items: [{ id: 'p1', name: '门诊大厅 三号窗口' }] } }),
  'GET /api/v1/org/staff': () => ({ body: { items: [{ id: 's1', name: '李清' }] } }),
  'GET /api/v1/org/tree': ({ query }) => ({
    body: query.get('node') ? unitList.slice(3) : unitList.slice(0, 3),
  }),
  'GET /api/v1/org/units': ({ query }) => ({
    body: { items: unitList.filter((unit) => unit.name.includes(query.get('q') ?? '')) },
  }),
  'GET /api/v1/org/units/o1': () => ({ body: unitList[1] }),
  'GET /gallery/cases': (asked) => {
    const state = (asked.query.get('state') ?? '').split(',').filter(Boolean)
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
  'POST /gallery/import': ({ query }) => importAnswer(query.has('commit')),
}

function page(rows: unknown[], { query }: Asked): Answer {
  const from = Number(query.get('cursor') ?? 0)
  const limit = Number(query.get('limit') ?? 20)
  const next = from + limit < rows.length ? { next: String(from + limit) } : {}
  const count = from === 0 ? { count: { value: rows.length, capped: false } } : {}
  return { body: { items: rows.slice(from, from + limit), ...next, ...count } }
}

function importAnswer(commit: boolean): Answer {
  const problems = [
    {
      row: 3,
      cell: 'B3',
      column: '机构代码',
      text: { zh: '统一社会信用代码应为 18 位', en: 'has to have 18 characters' },
    },
    {
      row: 9,
      cell: 'D9',
      column: '受理时间',
      text: { zh: '没有 2026-02-30 这一天', en: 'there is no 2026-02-30' },
    },
    {
      row: 9,
      cell: 'E9',
      column: '区划',
      text: { zh: '没有 999999 这个行政区划代码', en: 'no region has the code 999999' },
    },
  ]
  const imported = commit ? 126 : 0
  return { body: { kind: 'hotline', total: 128, good: 126, imported, ignored: ['备注'], problems } }
}
