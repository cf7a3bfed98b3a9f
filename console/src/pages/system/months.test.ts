import { describe, expect, it } from 'vitest'
import actions from './auditActions.json'
import { auditName } from './auditWords'
import { monthsOf } from './months'

function year(from: string, n: number) {
  const start = Date.parse(`${from}T00:00:00Z`)
  return Array.from({ length: n }, (_, i) => ({
    date: new Date(start + i * 86_400_000).toISOString().slice(0, 10),
  }))
}

describe('monthsOf', () => {
  const months = monthsOf(year('2026-01-01', 365))

  it('begins each week on Monday, whatever the zone of the browser', () => {
    // 1 January 2026 is a Thursday.
    expect(months[0]?.[0]?.map((day) => day?.date)).toEqual([
      undefined,
      undefined,
      undefined,
      '2026-01-01',
      '2026-01-02',
      '2026-01-03',
      '2026-01-04',
    ])
  })

  it('holds every day once', () => {
    const days = months.flat(2).filter((day) => day)
    expect(days).toHaveLength(365)
    expect(months).toHaveLength(12)
    expect(months[1]?.flat().at(-1)?.date).toBe('2026-02-28')
  })
})

const events = {
  dispatch: { zh: '派单', en: 'Dispatched' },
  extension_granted: { zh: '延期：同意', en: 'More time: Granted' },
}

describe('auditName', () => {
  it('names steps of cases and what administrators do', () => {
    expect(auditName('case.dispatch', events).zh).toBe('诉求：派单')
    expect(auditName('case.extension_granted', events).zh).toBe('诉求：延期：同意')
    expect(auditName('case.view', events).en).toBe('Case: viewed')
    expect(auditName('session.begin', events).zh).toBe('登录')
    expect(auditName('setting.change', events).zh).toBe('参数：修改')
    expect(auditName('org.staff.create', events).zh).toBe('人员：新增')
    expect(auditName('rates.pack.export', events).zh).toBe('三率：导出')
  })

  it.each(actions.filter((action) => action !== 'case.*'))('has words for %s', (action) => {
    const { zh, en } = auditName(action, {})
    expect(zh).not.toMatch(/[a-z]/)
    expect(en).toMatch(/^[A-Z0-9][^_.]*$/)
  })

  it('shows what it does not know as it is', () => {
    expect(auditName('moon.landing', events).zh).toBe('moon.landing')
  })
})
