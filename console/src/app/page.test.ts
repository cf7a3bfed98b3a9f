import { describe, expect, it } from 'vitest'
import { text } from '@/i18n/text'
import { areas } from './nav'
import { type Area, entryOf, type PageSpec, visibleAreas } from './page'

function page(path: string, permission?: string, nav = true): PageSpec {
  return {
    path,
    title: text(path, path),
    nav,
    load: () => Promise.reject(new Error('not opened here')),
    ...(permission && { permission }),
  }
}

function area(key: string, ...pages: PageSpec[]): Area {
  return { key, label: text(key, key), icon: null, pages }
}

const all = [
  area('empty'),
  area('cases', page('/cases', 'case.read'), page('/cases/$id', 'case.read', false)),
  area('system', page('/users', 'user.manage'), page('/audit', 'audit.read')),
  area('open', page('/help')),
]

function shown(...permissions: string[]): Record<string, string[]> {
  const can = (permission?: string) => permission === undefined || permissions.includes(permission)
  return Object.fromEntries(
    visibleAreas(all, can).map(({ key, entries }) => [key, entries.map((entry) => entry.path)]),
  )
}

describe('visibleAreas', () => {
  it('shows only what the permissions reach', () => {
    expect(shown()).toEqual({ open: ['/help'] })
    expect(shown('case.read', 'audit.read')).toEqual({
      cases: ['/cases'],
      system: ['/audit'],
      open: ['/help'],
    })
  })
})

describe('an entry with keepers', () => {
  const kept = [area('org', { ...page('/units', 'org.read'), keepers: ['org.manage', 'audit'] })]
  const listed = (...held: string[]) =>
    visibleAreas(kept, (one) => one === undefined || held.includes(one)).length === 1

  it('is listed for those who keep it up, not for all who may read', () => {
    expect(listed('org.read')).toBe(false)
    expect(listed('org.manage')).toBe(false)
    expect(listed('org.read', 'org.manage')).toBe(true)
  })
})

describe('entryOf', () => {
  const visible = visibleAreas(all, () => true)

  it('finds the list that a record belongs to', () => {
    expect(entryOf(visible, '/cases/c1')?.path).toBe('/cases')
    expect(entryOf(visible, '/users')?.path).toBe('/users')
  })

  it('finds nothing by a mere beginning of a word', () => {
    expect(entryOf(visible, '/casesfoo')).toBeUndefined()
  })
})

describe('the navigation', () => {
  it('has its areas in the fixed order, in both languages', () => {
    expect(areas.map((one) => one.label.zh)).toEqual([
      '工作台',
      '诉求办理',
      '专项整治',
      '监督检查',
      '廉洁行医',
      '智能监测',
      '分析评价',
      '公开发布',
      '系统管理',
    ])
    expect(areas.every((one) => one.label.en !== '' && one.label.en !== one.label.zh)).toBe(true)
  })

  it('gives no path twice', () => {
    const paths = areas.flatMap((one) => one.pages.map((each) => each.path))
    expect(new Set(paths).size).toBe(paths.length)
  })
})
