import { type Text, type Translate, text } from '@/i18n/text'
import { type Words, wordOf } from '@/pages/cases/words'
import type { Choice } from '@/parts/list/filters'

// What the actions of an area begin with, and what people call the area.
const areas: Record<string, Text> = {
  audit: text('审计日志', 'Audit log'),
  calendar: text('工作日历', 'Calendar'),
  campaign: text('专项整治', 'Campaign'),
  case: text('诉求', 'Case'),
  catalogue: text('派单目录', 'Dispatch catalogue'),
  code: text('二维码', 'Code'),
  file: text('附件', 'File'),
  form: text('表单', 'Form'),
  inspection: text('监督检查', 'Inspection'),
  intake: text('诉求登记', 'Report'),
  job: text('后台任务', 'Job'),
  look_back: text('回头看', 'Looking back'),
  org: text('组织机构', 'Organisation'),
  'org.account': text('账号', 'Account'),
  'org.code': text('机构编码', 'Code of an institution'),
  'org.identity': text('单点登录', 'Single sign-on'),
  'org.institution': text('医疗机构', 'Institution'),
  'org.link': text('个人链接', 'Personal link'),
  'org.place': text('地点', 'Place'),
  'org.role': text('角色', 'Role'),
  'org.staff': text('人员', 'Person'),
  'org.unit': text('机构', 'Unit'),
  problem: text('问题台账', 'Ledger of problems'),
  rates: text('三率', 'Rates'),
  sanction: text('行政处罚', 'Penalties'),
  selfcheck: text('自查自纠', 'Self-examination'),
  session: text('登录', 'Session'),
  setting: text('参数', 'Setting'),
}

const deeds: Record<string, Text> = {
  add: text('新增', 'added'),
  change: text('修改', 'changed'),
  close: text('停用', 'closed'),
  commit: text('导入', 'imported'),
  create: text('新增', 'added'),
  draft: text('保存草稿', 'draft kept'),
  end: text('结束', 'ended'),
  enlist: text('登记', 'enlisted'),
  enter: text('登记', 'entered'),
  export: text('导出', 'exported'),
  file: text('查看附件', 'file opened'),
  file_download: text('下载附件', 'file downloaded'),
  give: text('发放', 'given'),
  grant: text('授予', 'granted'),
  import: text('导入', 'imported'),
  keep_out: text('设置回避', 'somebody kept out'),
  make: text('制作', 'made'),
  message: text('留言', 'message sent'),
  object: text('代提异议', 'objection entered'),
  open: text('开通', 'opened'),
  print: text('打印', 'printed'),
  publish: text('发布', 'published'),
  read: text('查阅', 'read'),
  reckon: text('重新计算期限', 'deadline reckoned anew'),
  recompute: text('重算', 'recomputed'),
  refresh: text('更新', 'brought up to date'),
  reopen: text('恢复', 'reopened'),
  replace: text('补发', 'replaced'),
  reset: text('重置密码', 'password reset'),
  retire: text('停用', 'retired'),
  revive: text('重试', 'tried again'),
  revoke: text('收回', 'revoked'),
  rotate: text('换码', 'rotated'),
  set: text('修改', 'set'),
  setup: text('初始化', 'set up'),
  sign: text('签发', 'signed off'),
  view: text('查看', 'viewed'),
}

const dispose = text('线索处置', 'Decided on the clue')

// What the two words of an area and a deed would say badly.
const whole: Record<string, Text> = {
  'session.begin': text('登录', 'Signed in'),
  'session.end': text('退出登录', 'Signed out'),
  'session.refuse': text('登录失败', 'Sign-in refused'),
  'session.password': text('修改密码', 'Password changed'),
  'session.first': text('登录第一步通过', 'First step of signing in taken'),
  'session.refuse_second': text('登录第二步失败', 'Second step of signing in refused'),
  'session.code.add': text('绑定动态口令', 'Codes of a telephone set up'),
  'session.code.remove': text('停用动态口令', 'Codes of a telephone removed'),
  'session.passkey.add': text('添加通行密钥', 'Passkey added'),
  'session.passkey.remove': text('删除通行密钥', 'Passkey removed'),
  'session.recovery.renew': text('更换恢复码', 'Recovery codes replaced'),
  'session.end_one': text('结束一个登录', 'A session ended'),
  'session.end_others': text('退出其他登录', 'Other sessions ended'),
  'org.policy': text('账号安全：修改要求', 'Account security: changed'),
  'org.account.factors': text('账号：重置第二重验证', 'Account: second step reset'),
  'org.account.sessions': text('账号：结束全部登录', 'Account: signed out everywhere'),
  'org.account.dormant': text('账号：休眠', 'Account: put to sleep'),
  'org.account.handover': text('账号：交接工作', 'Account: work handed over'),
  'org.account.identity': text('账号：关联单点登录', 'Account: single sign-on linked'),
  'org.identity.link': text('单点登录：关联', 'Single sign-on: linked'),
  'org.identity.unlink': text('单点登录：取消关联', 'Single sign-on: unlinked'),
  'file.copied': text('附件：生成脱敏副本', 'File: sanitised copy made'),
  'file.failed': text('附件：副本生成失败', 'File: no copy could be made'),
  'file.retried': text('附件：要求重新生成副本', 'File: tried again'),
  'case.file_download': text('诉求：下载附件', 'Case: file downloaded'),
  'code.revoke': text('二维码：停用', 'Code: ended'),
  'intake.import': text('12345 工单：导入', '12345 orders: imported'),
  'campaign.conduct.add': text('行风建设人员：登记', 'Conduct staff: entered'),
  'campaign.conduct.end': text('行风建设人员：结束', 'Conduct staff: ended'),
  'campaign.return.export': text('报表：导出', 'Return: exported'),
  'inspection.visit_file_download': text('现场检查：下载附件', 'Visit: file downloaded'),
  'selfcheck.print': text('自查自纠：打印链接', 'Self-examination: links printed'),
  'sanction.blacklist': text('黑名单：列入', 'Blacklist: listed'),
  'sanction.file': text('行政处罚：立案', 'Penalty: filed'),
  'sanction.file_download': text('移送：下载回执', 'Transfer: receipt downloaded'),
  'sanction.pass': text('校验：登记', 'Pass: recorded'),
  'sanction.points': text('记分：登记', 'Points: given'),
  'sanction.publish': text('处罚公示：批准', 'Publication: approved'),
  'sanction.transfer': text('移送：发出', 'Transfer: sent'),
  'sanction.veto': text('一票否决：登记', 'Veto: recorded'),
  'sanction.withdraw': text('处罚公示：撤回', 'Publication: withdrawn'),
}

// The steps of problems, of which some are called as those of other things.
const problemDeeds: Record<string, Text> = {
  apply: text('申请销号', 'closing applied for'),
  ask_extension: text('申请延期', 'more time asked for'),
  ask_withdrawal: text('申请撤销', 'withdrawal asked for'),
  assign: text('交办', 'assigned'),
  close: text('销号', 'closed'),
  correct: text('更正', 'corrected'),
  delist: text('摘牌', 'taken off the list'),
  extend: text('同意延期', 'more time granted'),
  hold: text('回头看：未反弹', 'has held'),
  import_begun: text('导入时整改中', 'imported while being put right'),
  import_closed: text('导入时已销号', 'imported as closed'),
  list: text('挂牌督办', 'put on a list'),
  number: text('编号', 'numbered'),
  open: text('登记', 'entered'),
  pass: text('初审通过', 'first review passed'),
  plan: text('制定方案', 'plan written'),
  press: text('催办', 'pressed'),
  rebound: text('回头看：反弹', 'has come back'),
  refuse: text('不同意申请', 'request refused'),
  remind: text('提醒', 'reminded'),
  report: text('报告进展', 'progress reported'),
  send_back: text('退回', 'sent back'),
  start: text('开始整改', 'begun'),
  withdraw: text('撤销', 'withdrawn'),
}

/** The areas as choices: each is what its actions begin with. */
export function auditAreas(t: Translate): Choice[] {
  return Object.entries(areas).map(([area, name]) => ({ value: `${area}.`, label: t(name) }))
}

/** What people call an action of the audit log; one that has no words here is shown as it is. */
export function auditName(action: string, events: Words): Text {
  const own = whole[action]
  if (own) return own
  const area = Object.keys(areas)
    .filter((one) => action.startsWith(`${one}.`))
    .sort((a, b) => b.length - a.length)[0]
  if (!area) return text(action, action)
  const rest = action.slice(area.length + 1)
  const where = areas[area] ?? text(area, area)
  const what = deedOf(area, rest, events)
  return what ? text(`${where.zh}：${what.zh}`, `${where.en}: ${what.en}`) : text(action, action)
}

function deedOf(area: string, rest: string, events: Words): Text | undefined {
  if (area === 'case') return caseDeed(rest, events)
  const own = area === 'problem' ? problemDeeds[rest] : undefined
  return own ?? deeds[rest.split('.').at(-1) ?? '']
}

function caseDeed(deed: string, events: Words): Text {
  if (deed === 'dispose') return dispose
  if (deed === 'supervision.answer') return text('报告督办', 'order reported on')
  if (deed === 'supervision.end') return text('督办销号', 'order closed')
  const own = ['export', 'file', 'keep_out', 'message', 'object', 'print', 'reckon', 'view']
  return own.includes(deed) ? (deeds[deed] ?? text(deed, deed)) : wordOf(events, deed)
}
