import { type Text, text } from '@/i18n/text'
import type { Tone } from '@/parts/record/StateTag'

/** A closed list of codes with what people call them. */
export type Words = Record<string, Text>

/** What a code is called; one that is not known is shown as it is. */
export function wordOf(words: Words, code: string): Text {
  return words[code] ?? text(code, code)
}

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

/** The categories, by letter. */
export const categories: Words = {
  A: text('服务态度', 'Attitude'),
  B: text('就医流程', 'Getting care'),
  C: text('医疗质量', 'Quality of care'),
  D: text('医疗费用', 'Charges'),
  E: text('合理诊疗', 'Unnecessary care'),
  F: text('红包回扣', 'Red envelopes and kickbacks'),
  G: text('医保', 'Health insurance'),
  H: text('依法执业', 'Lawful practice'),
  I: text('广告宣传', 'Advertising'),
  J: text('环境后勤', 'Premises'),
  K: text('公共卫生', 'Public health'),
  L: text('医患纠纷', 'Disputes'),
  M: text('隐私与信息', 'Privacy and data'),
  N: text('统方与采购', 'Drug statistics and purchasing'),
  O: text('安全隐患', 'Safety'),
  P: text('基层机构与村医', 'Village and community care'),
  Q: text('政策咨询', 'Questions'),
  R: text('意见建议', 'Suggestions'),
  S: text('表扬', 'Praise'),
  Z: text('其他', 'Other'),
}

/** The categories whose reports always take the discipline line. */
export const sensitive = ['F', 'G', 'H', 'N']

/** The channels by which a case comes in. */
export const channels: Words = {
  code_clinic: text('二维码-门诊', 'Code, clinic'),
  code_ward: text('二维码-病区', 'Code, ward'),
  code_other: text('二维码-其他', 'Code, elsewhere'),
  wechat: text('微信公众号', 'WeChat account'),
  website: text('官网', 'Website'),
  hotline_12345: text('12345热线', '12345 hotline'),
  hotline_12320: text('12320/卫健热线', '12320 health hotline'),
  telephone: text('电话', 'Telephone'),
  letter: text('来信', 'Letter'),
  email: text('电子邮件', 'E-mail'),
  visit: text('来访', 'Visit'),
  petition: text('信访转办', 'Petition office'),
  superior: text('上级交办', 'From a superior'),
  discipline: text('纪检转办', 'From discipline inspection'),
  insurance: text('医保转办', 'From the insurance agency'),
  media: text('舆情', 'Media'),
  patrol: text('巡查', 'Inspection'),
  self_check: text('自查', 'Self-examination'),
  survey: text('满意度调查', 'Survey'),
  followup: text('出院回访', 'Discharge follow-up'),
  supervisor: text('社会监督员', 'Social supervisor'),
  open311: text('Open311接口', 'Open311'),
}

/** How the reporter stands to the report. */
export const modes: Words = {
  anonymous: text('匿名', 'Anonymous'),
  confidential: text('保密', 'Confidential'),
  named: text('实名', 'Real name'),
}

/** How fast a case must be taken up. */
export const urgencies: Words = {
  critical: text('特急', 'Critical'),
  urgent: text('紧急', 'Urgent'),
  normal: text('一般', 'Normal'),
}

/** The line that a case takes. */
export const routes: Words = {
  general: text('一般诉求', 'General'),
  integrity: text('廉洁线索', 'Integrity clue'),
}

/** The kinds of demand. */
export const classes: Words = {
  consultation: text('咨询', 'Question'),
  help: text('求助', 'Request for help'),
  complaint: text('投诉', 'Complaint'),
  tip: text('举报', 'Tip-off'),
  suggestion: text('建议', 'Suggestion'),
  praise: text('表扬', 'Praise'),
}

/** What an investigation found. */
export const outcomes: Words = {
  true: text('属实', 'True'),
  partly_true: text('部分属实', 'Partly true'),
  not_true: text('不属实', 'Not true'),
  cannot_tell: text('无法核实', 'Could not be verified'),
  explained: text('已解释', 'Explained'),
  solved: text('已解决', 'Solved'),
  mediated: text('调解达成', 'Settled by mediation'),
  handed_over: text('转办', 'Handed over'),
}

/** The root causes. */
export const causes: Words = {
  rules: text('制度', 'Rules'),
  process: text('流程', 'Process'),
  people: text('人员', 'People'),
  equipment: text('设备', 'Equipment'),
  it: text('信息系统', 'IT systems'),
  communication: text('沟通', 'Communication'),
  policy: text('政策', 'Policy'),
  understanding: text('患者认知', 'Patient’s understanding'),
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

/** Why a case may be left out of the rates. */
export const exclusions: Words = {
  answered: text('咨询当场答复', 'Question answered on the spot'),
  praise: text('表扬', 'Praise'),
  suggestion: text('建议', 'Suggestion'),
  withdrawn: text('诉求人撤诉', 'Withdrawn by the reporter'),
  unreachable: text('无效回访或联系不上', 'Invalid call-back or not reachable'),
  repeated: text('重复诉求已合并', 'Repeat, merged'),
  other_process: text('已进入诉讼、仲裁、复议、信访、纪检程序', 'In other proceedings'),
  groundless: text('无事实或虚假', 'Without facts or false'),
  unlawful: text('违法或违背公序良俗', 'Against law or public order'),
  beyond_duty: text('超出职责且已解释', 'Beyond duty, and explained'),
  elsewhere: text('央属、军队、外省，非本地管辖', 'No jurisdiction'),
  force_majeure: text('不可抗力或重大政策', 'Force majeure or major policy'),
  abusive: text('恶意反复拨打（经认定）', 'Abusive repetition, so found'),
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

/** The questions that a category adds to the report. */
export const questions: Words = {
  form: text('形式', 'Form'),
  asked: text('经过', 'How it came about'),
  charge: text('收费项目', 'Charge'),
  amount: text('金额（元）', 'Amount (yuan)'),
  item: text('检查或治疗', 'Test or treatment'),
  drug: text('药品', 'Drug'),
  outside: text('要求到指定处购买', 'Told to buy at a certain place'),
  insurance: text('情形', 'Kind'),
  licence: text('科室或服务', 'Department or service'),
  advert: text('在哪里看到', 'Where it was seen'),
}

/** What may be answered to the questions that offer a choice. */
export const answers: Words = {
  cash: text('现金', 'Cash'),
  transfer: text('转账', 'Transfer'),
  card: text('购物卡、代金券', 'Gift card or voucher'),
  gift: text('礼品', 'Gifts'),
  treat: text('宴请、旅游、娱乐', 'Meals, travel, entertainment'),
  other: text('其他', 'Something else'),
  asked: text('对方主动要的', 'They asked for it'),
  hinted: text('对方暗示的', 'They hinted at it'),
  offered: text('自己送的，对方收了', 'Offered, and taken'),
  unknown: text('不清楚', 'Not known'),
  yes: text('有', 'Yes'),
  no: text('没有', 'No'),
  false_stay: text('虚假住院、挂床', 'A hospital stay that was not one'),
  false_name: text('冒用医保卡', 'Somebody else’s card'),
  swapped: text('项目不符', 'Billed is not what was done'),
  resold: text('倒卖、回收药品', 'Drugs sold on or bought back'),
  settlement: text('报销结算', 'Reimbursement'),
}

/** What happened to a case, by the code of the step. */
export const steps: Words = {
  open: text('登记', 'Registered'),
  accept: text('受理', 'Accepted'),
  reject: text('不予受理', 'Not accepted'),
  merge: text('合并', 'Merged'),
  merged_in: text('并入另一件诉求', 'Another case was merged in'),
  dispatch: text('派单', 'Dispatched'),
  add_helper: text('增派协办', 'Helping units added'),
  sign: text('签收', 'Signed for'),
  assign: text('交办', 'Assigned'),
  contact: text('联系诉求人', 'Reporter contacted'),
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
