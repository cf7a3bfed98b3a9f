import { type Text, text } from '@/i18n/text'
import type { Tone } from '@/parts/record/StateTag'
import type { ReturnLine } from './returnApi'

export const returnStates: Record<ReturnLine['state'], Text> = {
  owed: text('待报', 'Due'),
  submitted: text('已报', 'Submitted'),
  returned: text('退回', 'Sent back'),
  signed: text('已审签', 'Signed off'),
  lapsed: text('不再报送', 'Not owed'),
}

export const returnTones: Record<ReturnLine['state'], Tone> = {
  owed: 'neutral',
  submitted: 'active',
  returned: 'warn',
  signed: 'good',
  lapsed: 'neutral',
}

/** What the steps of a return are called. */
export const returnActs: Record<string, Text> = {
  submit: text('报送', 'Submit'),
  'send-back': text('退回', 'Send back'),
  sign: text('审签', 'Sign off'),
  correct: text('更正', 'Correct'),
  lapse: text('不再报送', 'Lapse'),
  revive: text('恢复报送', 'Revive'),
}

/** The columns of the table that hold numbers, in the order of the server's lists. */
export const numberColumns = [
  { key: 'period', title: text('本期数', 'This period') },
  { key: 'total', title: text('累计数', 'Cumulative') },
  { key: 'last_year', title: text('上年同期', 'Last year') },
] as const

export const ways: Record<string, Text> = {
  typed: text('填报', 'Typed'),
  figure: text('系统统计', 'Counted'),
  share: text('比率', 'Share'),
  sum: text('合计', 'Sum'),
}
