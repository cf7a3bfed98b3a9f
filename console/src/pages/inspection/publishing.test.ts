import { expect, it } from 'vitest'
import { translator } from '@/i18n/text'
import { publishing } from './publishing'

const zh = translator('zh')

// Who publishes a violation that nobody has confirmed is asked whether they do both.
it('says that publishing confirms', () => {
  expect(publishing({ violation: true, checked_by: '' }, zh)).toMatch(/复核.*台账.*不能撤回/)
  for (const done of [
    { violation: true, checked_by: 'somebody' },
    { violation: false, checked_by: '' },
  ]) {
    expect(publishing(done, zh)).toBe('公示后任何人都能看到，不能撤回。')
  }
})
