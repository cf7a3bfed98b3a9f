import { type Text, text } from '@/i18n/text'
import type { Tone } from '@/parts/record/StateTag'
import type { Standing } from './visit'

/** What a person is told of where a visit stands. */
export const standings: Record<Standing, { tone: Tone; says: Text }> = {
  kept: { tone: 'active', says: text('已存在手机', 'Kept on this phone') },
  waiting: { tone: 'warn', says: text('等待上传', 'Waiting to be sent') },
  sent: { tone: 'good', says: text('已上传', 'Sent') },
  conflict: { tone: 'bad', says: text('有冲突', 'In conflict') },
  refused: { tone: 'bad', says: text('没有收下，请修改', 'Not taken: please mend it') },
}
