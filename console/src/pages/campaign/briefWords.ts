import { type Text, text } from '@/i18n/text'
import type { Tone } from '@/parts/record/StateTag'
import type { Brief } from './briefApi'

export const briefStates: Record<Brief['state'], Text> = {
  draft: text('草稿', 'Draft'),
  asked: text('待签发', 'To be signed off'),
  signed: text('已签发', 'Signed off'),
  issued: text('已印发', 'Issued'),
}

export const briefTones: Record<Brief['state'], Tone> = {
  draft: 'neutral',
  asked: 'warn',
  signed: 'active',
  issued: 'good',
}

export const briefKinds: Record<Brief['kind'], Text> = {
  brief: text('简报', 'Brief'),
  summary: text('总结', 'Summary'),
}

/** What the steps of a brief are called. */
export const briefActs = {
  draft: text('起草', 'Drafted'),
  save: text('修改', 'Changed'),
  submit: text('送审', 'Hand in'),
  recall: text('撤回', 'Take back'),
  sign: text('签发', 'Sign off'),
  return: text('退回修改', 'Send back'),
  issue: text('印发', 'Issue'),
} satisfies Record<string, Text>

/** The number of an issue; a summary has none, nor a brief that is not issued yet. */
export function issueOf({ kind, issue }: Pick<Brief, 'kind' | 'issue'>): Text {
  if (kind === 'summary') return briefKinds.summary
  return issue ? text(`第${issue}期`, `No. ${issue}`) : text('未编号', 'Not numbered')
}
