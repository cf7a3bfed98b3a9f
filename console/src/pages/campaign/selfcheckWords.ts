import { type Text, text } from '@/i18n/text'
import type { Tone } from '@/parts/record/StateTag'

/** What the answers to a line are called. */
export const resultNames: Record<string, Text> = {
  clean: text('无问题', 'No problem'),
  corrected: text('有问题，已立即整改', 'Put right at once'),
  planned: text('有问题，限期整改', 'To be put right by a day'),
  foreign: text('不适用', 'Does not apply'),
}

export const resultTones: Record<string, Tone> = {
  clean: 'good',
  corrected: 'active',
  planned: 'warn',
  foreign: 'neutral',
}

/** What the steps in the trail are called. */
export const selfActs: Record<string, Text> = {
  ask: text('要求自查', 'Asked'),
  send: text('提交', 'Sent'),
  correct: text('更正', 'Corrected'),
  relink: text('换发链接', 'Another link'),
  revoke: text('停用链接', 'Link revoked'),
  remind: text('催报', 'Reminded'),
  end: text('不再要求', 'Asked no more'),
  return: text('重新要求', 'Asked again'),
}
