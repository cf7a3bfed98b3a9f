import { type Text, text } from '@/i18n/text'
import type { Tone } from '@/parts/record/StateTag'
import type { Typical, TypicalDetail } from './typicalApi'

export const typicalStates: Record<Typical['state'], Text> = {
  draft: text('草稿', 'Draft'),
  asked: text('待审定', 'To be approved'),
  approved: text('已审定', 'Approved'),
  published: text('已公布', 'Published'),
  withdrawn: text('已撤下', 'Withdrawn'),
}

export const typicalTones: Record<Typical['state'], Tone> = {
  draft: 'neutral',
  asked: 'warn',
  approved: 'active',
  published: 'good',
  withdrawn: 'neutral',
}

/** What the steps of a typical case are called. */
export const typicalActs = {
  write: text('起草', 'Written'),
  save: text('修改', 'Changed'),
  submit: text('送审', 'Hand in'),
  recall: text('撤回', 'Take back'),
  approve: text('审定', 'Approve'),
  publish: text('公布', 'Publish'),
  return: text('退回修改', 'Send back'),
  withdraw: text('撤下', 'Withdraw'),
} satisfies Record<string, Text>

/** What a place in a text may name. */
export const warningKinds: Record<TypicalDetail['warnings'][number]['kind'], Text> = {
  person: text('姓名', 'name'),
  identity: text('证件号码', 'identity number'),
  telephone: text('电话', 'telephone'),
  institution: text('机构名称', 'institution'),
}
