import { type Text, text } from '@/i18n/text'
import type { Tone } from '@/parts/record/StateTag'

/** A closed list of codes with what people call them. */
export type Words = Record<string, Text>

/** What a code is called; one that is not known is shown as it is. */
export function wordOf(words: Words, code: string): Text {
  return words[code] ?? text(code, code)
}

/** Which cases the boxes of the workbench hold; the number and the list say the same. */
export const boxNotes = {
  todo: text('等您或您的单位走下一步', 'Their next step is yours or your unit’s'),
  due: text(
    '您能看到的；签收、联系、办结，任何一项剩不到 24 小时或已过',
    'Of all that you can see: signing, first contact or result due within 24 h, or a step late',
  ),
  overdue: text(
    '您能看到的；过了办结期限还没有结果，晚办结的不算',
    'Of all that you can see: past the deadline without a result; those finished late do not count',
  ),
} satisfies Words

/** The states of a case, in the order of its life. */
export const states: Words = {
  received: text('待受理', 'Received'),
  accepted: text('待派单', 'To dispatch'),
  dispatched: text('待签收', 'To sign for'),
  handling: text('办理中', 'In progress'),
  reviewing: text('待审核', 'In review'),
  calling: text('待回访', 'Call-back'),
  archived: text('已归档', 'Archived'),
  rejected: text('不予受理', 'Not accepted'),
  merged: text('已合并', 'Merged'),
  withdrawn: text('已撤诉', 'Withdrawn'),
}

/** What a state means for who looks at it. */
export const stateTones: Record<string, Tone> = {
  received: 'warn',
  accepted: 'warn',
  dispatched: 'active',
  handling: 'active',
  reviewing: 'active',
  calling: 'active',
  archived: 'good',
}

/** The line that a case takes. */
export const routes: Words = {
  general: text('一般诉求', 'General'),
  integrity: text('廉洁线索', 'Integrity clue'),
}

/** The degrees of supervision, the mildest first. */
export const levels: Words = {
  1: text('催办', 'Reminder'),
  2: text('督办', 'Supervision'),
  3: text('挂牌督办', 'Listed supervision'),
  4: text('约谈督办', 'Supervision by interview'),
}

/** What may be asked for about a case. */
export const requestKinds: Words = {
  return: text('退单', 'Return'),
  extension: text('延期', 'More time'),
  pause: text('暂停计时', 'Pause of the clock'),
  hard: text('疑难挂账', 'Hard case'),
  exclusion: text('剔除考核', 'Leave out of the rates'),
  reopen: text('诉求人异议', 'Objection of the reporter'),
}

/** How a request stands. */
export const requestStates: Words = {
  pending: text('待审批', 'Waiting'),
  granted: text('同意', 'Granted'),
  refused: text('不同意', 'Refused'),
}

/** The ways in which an integrity clue is decided. */
export const dispositions: Words = {
  inquiry: text('谈话函询', 'Talk and inquiry'),
  preliminary: text('初步核实', 'Preliminary verification'),
  shelved: text('暂存待查', 'Kept for later'),
  closed: text('予以了结', 'Closed'),
}

/** The kinds of investigation. */
export const investigationKinds: Words = {
  visit: text('现场核查', 'Visit'),
  talk: text('谈话', 'Talk'),
  documents: text('查阅资料', 'Documents'),
  other: text('其他', 'Other'),
}

/** The clocks of a case. */
export const clocks: Words = {
  dispatch: text('派单', 'Dispatch'),
  sign: text('签收', 'Sign for'),
  contact: text('首次联系', 'First contact'),
  finish: text('办结', 'Finish'),
  rework: text('重办', 'Second handling'),
  told: text('告知受理', 'Tell of acceptance'),
  feedback: text('反馈结果', 'Tell the result'),
}

/** How somebody was reached. */
export const methods: Words = {
  phone: text('电话', 'Telephone'),
  sms: text('短信', 'Text message'),
  visit: text('当面', 'In person'),
  letter: text('书面', 'Letter'),
  message: text('留言', 'Message'),
  third_party: text('第三方', 'Third party'),
  receipt: text('回执页面', 'Receipt page'),
  other: text('其他', 'Other'),
  none: text('未回访', 'Not called'),
}

/** Answers to “is it solved?”. */
export const solved: Words = {
  yes: text('已解决', 'Solved'),
  partly: text('部分解决', 'Partly'),
  no: text('未解决', 'Not solved'),
}

/** Answers to “are you satisfied?”. */
export const satisfied: Words = {
  satisfied: text('满意', 'Satisfied'),
  basic: text('基本满意', 'Fairly satisfied'),
  fair: text('一般', 'Neither'),
  unsatisfied: text('不满意', 'Not satisfied'),
}

/** Answers to “were you contacted?”. */
export const contacted: Words = {
  yes: text('联系过', 'Yes'),
  no: text('没有', 'No'),
}

/** Who leads by a row of the dispatch catalogue. */
export const targets: Words = {
  concerned: text('被反映机构', 'The institution concerned'),
  commission: text('卫生健康委', 'The health commission'),
  insurance: text('医保局', 'Insurance agency'),
  market: text('市场监管局', 'Market regulation'),
  police: text('公安', 'Police'),
  discipline: text('纪检监察', 'Discipline inspection'),
  publicity: text('宣传部门', 'Publicity'),
  development: text('发改部门', 'Development and reform'),
  hotline: text('12345热线', '12345 hotline'),
  unit: text('指定单位', 'A certain unit'),
}

/** What a case waits for, with the permission of those who do it. */
export const waits: Record<string, { name: Text; permission: string }> = {
  triage: { name: text('待受理', 'To accept'), permission: 'case.triage' },
  dispatch: { name: text('待派单', 'To dispatch'), permission: 'case.dispatch' },
  work: { name: text('待本单位办理', 'For my unit'), permission: 'case.handle' },
  review: { name: text('待审核', 'To review'), permission: 'case.review' },
  decide: { name: text('申请待审批', 'Requests to decide on'), permission: 'case.review' },
  callback: { name: text('待回访或决定', 'To call back or decide'), permission: 'case.callback' },
  dispose: { name: text('线索待处置', 'Clues to decide on'), permission: 'integrity.handle' },
  order: { name: text('督办待销号', 'Orders to close'), permission: 'case.supervise' },
}

/** What happened to a case, by the code of the step. */
export const steps: Words = {
  open: text('登记', 'Registered'),
  accept: text('受理', 'Accepted'),
  reject: text('不予受理', 'Not accepted'),
  merge: text('合并', 'Merged'),
  merged_in: text('另一件诉求并入本件', 'Another case was merged in'),
  dispatch: text('派单', 'Dispatched'),
  add_helper: text('增派协办', 'Helping units added'),
  sign: text('签收', 'Signed for'),
  assign: text('交办', 'Assigned'),
  contact: text('联系诉求人', 'Reporter contacted'),
  attempt: text('联系未成功', 'Not reached'),
  message: text('给诉求人留言', 'Write to the reporter'),
  ask_return: text('申请退单', 'Return asked for'),
  take_back: text('收回', 'Taken back'),
  investigate: text('核查', 'Investigated'),
  submit: text('提交办结', 'Result submitted'),
  send_back: text('退回补办', 'Sent back'),
  approve: text('审核通过', 'Approved'),
  called: text('回访：反映未解决', 'Call-back: not solved'),
  close: text('归档', 'Archived'),
  rework: text('重办', 'Handled again'),
  reopen: text('重新打开', 'Reopened'),
  withdraw: text('撤诉', 'Withdrawn'),
  ask_pause: text('申请暂停计时', 'Pause asked for'),
  resume: text('恢复计时', 'Clock resumed'),
  ask_extension: text('申请延期', 'More time asked for'),
  ask_hard: text('申请疑难挂账', 'Hard listing asked for'),
  ask_exclusion: text('申请剔除考核', 'Leaving out asked for'),
  feedback: text('反馈诉求人', 'Reporter told'),
  supervise: text('督办', 'Supervised'),
  note: text('备注', 'Note'),
  dispose: text('线索处置', 'Clue decided on'),
}

/** What a step is called, decisions on requests included: `extension_granted`. */
export function stepName(action: string): Text {
  const known = steps[action]
  if (known) return known
  const [, kind = '', state = ''] = /^(.+)_(granted|refused)$/.exec(action) ?? []
  const [what, how] = [requestKinds[kind], requestStates[state]]
  if (!what || !how) return text(action, action)
  return text(`${what.zh}：${how.zh}`, `${what.en}: ${how.en}`)
}

/** A time limit in words: `5wd` is five working days. */
export function limitName(limit: string): Text {
  const [, n = '', unit = ''] = /^(\d+)(h|d|wd|wh)$/.exec(limit) ?? []
  const units: Words = {
    h: text('小时', 'h'),
    d: text('天', 'd'),
    wd: text('个工作日', 'working d'),
    wh: text('个工作小时', 'working h'),
  }
  const name = units[unit]
  return name ? text(`${n} ${name.zh}`, `${n} ${name.en}`) : text(limit, limit)
}
