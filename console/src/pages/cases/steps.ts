import { type Text, text } from '@/i18n/text'
import type { CaseDetail } from './caseApi'
import type { FieldSpec } from './field'
import { choice, reason, remark, review, some } from './fields'
import type { BodyOf, FieldOf, Tail } from './stepPaths'

/** A step of a case as a form: where it is sent and what is asked for. */
interface SpecFor<T extends Tail> {
  /** Its name; a step without one is called what the server calls it. */
  title?: Text
  /** What follows `/cases/{id}/` in the address. */
  tail: T
  /** The papers that the address names besides the case. */
  on?: Record<string, string>
  fields: FieldSpec<FieldOf<T>>[]
  /** What goes into the body besides the fields. */
  fixed?: Partial<BodyOf<T>>
  initial?: object
  danger?: boolean
  /** What the person should know before filling anything in, in this case. */
  notice?: (detail: CaseDetail) => Text | undefined
}

/** A step that the API has: its fields are those of the body that its address takes. */
export type StepSpec = { [T in Tail]: SpecFor<T> }[Tail]

const read = text(
  '记入办理过程，之后不能修改；批准后诉求人会在回执页看到这段话。',
  'It goes into the record and cannot be changed; once granted, the reporter reads it.',
)

const answered = text(
  '诉求人会在回执页看到这段话；记入办理过程，之后不能修改。',
  'The reporter reads this on the receipt page; it goes into the record and cannot be changed.',
)

const ask = (
  kind: BodyOf<'requests'>['kind'],
  ...more: FieldSpec<FieldOf<'requests'>>[]
): SpecFor<'requests'> => ({
  tail: 'requests',
  fixed: { kind },
  fields: [...more, reason()],
})

/** A request whose reason the reporter reads. */
const askOpenly = (
  kind: BodyOf<'requests'>['kind'],
  ...more: FieldSpec<FieldOf<'requests'>>[]
): SpecFor<'requests'> => ({ ...ask(kind), fields: [...more, { ...reason(), hint: read }] })

/** Every step that a person can take, by the name that the server gives it. */
export const stepSpecs: Record<string, StepSpec> = {
  accept: { tail: 'accept', fields: [remark] },
  reject: {
    tail: 'reject',
    danger: true,
    fields: [
      {
        ...reason(),
        hint: text('诉求人会看到这段话。', 'The reporter reads this.'),
      },
      {
        name: 'advice',
        label: text('建议的渠道', 'The right channel'),
        kind: 'line',
        hint: text('告诉诉求人该找谁。', 'Tells the reporter whom to turn to.'),
      },
    ],
  },
  merge: {
    tail: 'merge',
    danger: true,
    fields: [
      {
        name: 'into',
        label: text('并入哪一件', 'Into which case'),
        kind: 'case',
        required: true,
        hint: text('今后只在那一件里办理。', 'Only that case goes on.'),
      },
      reason(),
    ],
  },
  dispatch: {
    tail: 'dispatch',
    notice: returnsOf,
    fields: [
      { name: 'lead', label: text('主办单位', 'Lead unit'), kind: 'unit', required: true },
      { name: 'helpers', label: text('协办单位', 'Helping units'), kind: 'units' },
      {
        name: 'designated',
        label: text('指定承办（不得退单）', 'Designated (may not be returned)'),
        kind: 'flag',
        fixed: (detail) => detail.must_designate,
      },
      { ...remark, label: text('派单意见', 'Instruction') },
    ],
  },
  add_helper: {
    tail: 'helpers',
    fields: [
      { name: 'units', label: text('协办单位', 'Helping units'), kind: 'units', required: true },
      reason(),
    ],
  },
  take_back: {
    tail: 'take-back',
    danger: true,
    fields: [reason()],
  },
  sign: { tail: 'sign', fields: [] },
  assign: {
    tail: 'assign',
    fields: [
      { name: 'unit', label: text('科室', 'Department'), kind: 'unit' },
      { name: 'handler', label: text('承办人', 'Handler'), kind: 'staff' },
      { name: 'note', label: text('交办意见', 'Instruction'), kind: 'text' },
    ],
  },
  contact: {
    tail: 'contact',
    initial: { method: 'phone' },
    fields: [
      some('method', text('联系方式', 'How'), 'methods', 'phone', 'visit', 'message', 'other'),
      {
        name: 'failed',
        label: text('没有联系上', 'Nobody was reached'),
        kind: 'flag',
        hint: text(
          '只记一次尝试，不算联系，首次联系的时限继续计。',
          'It is kept as an attempt: it is no contact, and the clock runs on.',
        ),
      },
      { ...reason(text('联系情况', 'What was said')), name: 'note' },
    ],
  },
  message: {
    tail: 'messages',
    fields: [
      {
        name: 'text',
        label: text('留言', 'Message'),
        kind: 'text',
        required: true,
        hint: text(
          '诉求人凭回执号看到，不显示您的姓名；承办单位的第一次留言即为首次联系。',
          'Read with the receipt number; your name is not shown. The unit’s first message is the first contact.',
        ),
      },
    ],
  },
  ask_return: {
    ...ask('return'),
    notice: () =>
      text(
        '审批期间计时暂停，诉求人的答复期限也顺延同样长的时间。',
        'While somebody decides, time stands still; the reporter waits longer by as much.',
      ),
  },
  ask_extension: askOpenly('extension', {
    name: 'extension',
    label: text('延长', 'How much more'),
    kind: 'limit',
    required: true,
  }),
  ask_pause: askOpenly('pause', review),
  ask_hard: askOpenly('hard', review),
  ask_exclusion: ask(
    'exclusion',
    {
      ...choice('exclusion', text('剔除理由', 'Why'), 'exclusions'),
      among: (detail) => detail.exclusions,
      hint: text('只列出符合本件情况的理由。', 'Only what fits this case is listed.'),
    },
    {
      name: 'other',
      label: text('另一件的编号', 'Number of the other case'),
      kind: 'line',
      hint: text('理由是重复诉求时必填。', 'For a repeat.'),
    },
    {
      name: 'files',
      label: text('证明材料', 'Evidence'),
      kind: 'files',
      hint: text('至少一份；重复诉求可以不附。', 'At least one file, unless it is a repeat.'),
    },
  ),
  resume: { tail: 'resume', fields: [remark] },
  investigate: {
    tail: 'investigations',
    initial: { kind: 'visit' },
    fields: [
      choice('kind', text('方式', 'Kind'), 'investigationKinds'),
      { name: 'at', label: text('时间', 'Time'), kind: 'time', required: true },
      { name: 'place', label: text('地点', 'Place'), kind: 'line' },
      {
        name: 'people',
        label: text('核查人员', 'Who looked into it'),
        kind: 'names',
        required: true,
        hint: text(
          '现场核查和谈话应有两人以上；每填一个名字按回车。',
          'Two at least for a visit or a talk; press Enter after each name.',
        ),
      },
      {
        name: 'summary',
        label: text('核查情况', 'What was found'),
        kind: 'text',
        rows: 6,
        required: true,
      },
    ],
  },
  submit: {
    tail: 'submit',
    fields: [
      choice('outcome', text('核实结论', 'Outcome'), 'outcomes'),
      choice('cause', text('根本原因', 'Root cause'), 'causes', false),
      {
        name: 'findings',
        label: text('查明的情况', 'Findings'),
        kind: 'text',
        required: true,
        hint: text('存入案卷，诉求人看不到。', 'For the file; the reporter does not see it.'),
      },
      { name: 'measures', label: text('整改措施', 'Measures'), kind: 'text' },
      {
        name: 'without_helpers',
        label: text('不等协办意见的理由', 'Why you do not wait for the helping units'),
        kind: 'line',
        only: (detail) => detail.assignments.some(isSilentHelper),
        hint: text(
          '有协办单位还没有填写意见；要先提交，请写明理由。',
          'A helping unit has not given its opinion; to submit before, say why.',
        ),
      },
      {
        name: 'reply',
        label: text('答复诉求人', 'Reply to the reporter'),
        kind: 'text',
        required: true,
        hint: text('审核通过后诉求人看到的就是这段话。', 'What the reporter reads after approval.'),
      },
    ],
  },
  opinion: {
    tail: 'opinion',
    fields: [{ ...reason(text('协办意见', 'Opinion')), name: 'text' }],
  },
  approve: { tail: 'approve', fields: [remark] },
  send_back: {
    tail: 'send-back',
    danger: true,
    fields: [reason()],
  },
  callback: {
    title: text('登记回访', 'Record a call-back'),
    tail: 'callbacks',
    initial: { method: 'phone', reached: true },
    fields: [
      some('method', text('回访方式', 'How'), 'methods', 'phone', 'sms', 'third_party'),
      {
        name: 'reached',
        label: text('联系上了诉求人', 'The reporter was reached'),
        kind: 'flag',
      },
      choice(
        'answers.contacted',
        text('承办单位联系过您吗？', 'Were you contacted?'),
        'contacted',
        false,
      ),
      choice('answers.solved', text('问题解决了吗？', 'Is it solved?'), 'solved', false),
      choice('answers.satisfied', text('您满意吗？', 'Are you satisfied?'), 'satisfied', false),
      {
        name: 'answers.remark',
        label: text('诉求人的话', 'In the reporter’s words'),
        kind: 'text',
      },
    ],
  },
  close: { tail: 'close', fields: [reason()] },
  rework: { tail: 'rework', fields: [reason()] },
  supervise: {
    tail: 'supervisions',
    initial: { level: '1' },
    fields: [
      choice('level', text('级别', 'Level'), 'levels'),
      { ...reason(text('督办要求', 'What must happen')), name: 'demand' },
      { name: 'due', label: text('报告期限', 'Answer by'), kind: 'date', required: true },
    ],
  },
  dispose: {
    tail: 'dispositions',
    fields: [choice('way', text('处置方式', 'Way'), 'ways'), reason()],
  },
  feedback: {
    tail: 'feedback',
    initial: { method: 'phone' },
    fields: [
      choice('what', text('告知内容', 'What'), {
        accepted: text('已受理', 'Acceptance'),
        result: text('办理结果', 'The result'),
      }),
      some('method', text('方式', 'How'), 'methods', 'phone', 'letter', 'visit', 'message'),
      { ...reason(text('告知情况', 'What was said and answered')), name: 'note' },
    ],
  },
  keep_out: {
    tail: 'exclusions',
    danger: true,
    fields: [
      {
        name: 'staff',
        label: text('回避人员', 'Person'),
        kind: 'staff',
        hint: text(
          '人员和单位填一项。回避后看不到本件的任何信息。',
          'A person or a unit. They no longer see anything of this case.',
        ),
      },
      { name: 'unit', label: text('回避单位', 'Unit'), kind: 'unit' },
      reason(),
    ],
  },
  mask_voice: {
    tail: 'mask-voice',
    danger: true,
    fields: [
      {
        ...reason(),
        hint: text(
          '办理人员从此只听到变声后的副本，以后补充的录音、视频也一样，不能取消。',
          'From now on staff hear changed voices only, also in what is added later. It cannot be undone.',
        ),
      },
    ],
  },
  reopen: {
    tail: 'reopen',
    fields: [reason()],
  },
  object: {
    tail: 'objection',
    fields: [reason(text('诉求人的异议', 'What the reporter objects to'))],
  },
  withdraw: {
    tail: 'withdraw',
    danger: true,
    initial: { method: 'phone' },
    fields: [
      some(
        'method',
        text('诉求人怎样表示的', 'How the reporter said so'),
        'methods',
        'phone',
        'visit',
        'letter',
        'message',
      ),
      {
        ...reason(text('诉求人的原话', 'What the reporter said')),
        hint: text(
          '只登记诉求人本人的意思。诉求人会看到由哪个单位登记，并可以提出异议，本件随即重新打开。',
          'Record only what the reporter said, who reads which unit recorded it and may object; that opens the case again.',
        ),
      },
    ],
  },
  note: {
    tail: 'note',
    fields: [{ ...reason(text('内容', 'Text')), name: 'text' }],
  },
}

/** Who has returned the case, and what follows from that. */
function returnsOf({ assignments, case: row, must_designate }: CaseDetail): Text | undefined {
  if (row.returns === 0) return undefined
  const names = [
    ...new Set(
      assignments.filter((one) => one.ended_by === 'returned').map((one) => one.unit_name),
    ),
  ]
  const [zh, en] = must_designate
    ? ['，须指定承办，不得再退', '; the next unit is designated and may not return it']
    : ['', '']
  return text(
    `已退单 ${row.returns} 次（${names.join('、')}）${zh}。`,
    `Returned ${row.returns} times (${names.join(', ')})${en}.`,
  )
}

/** A helping unit whose opinion is awaited. */
function isSilentHelper(part: CaseDetail['assignments'][number]): boolean {
  return part.part === 'assist' && !part.ended_at && !part.finished_at
}

/** The form in which a request is decided on; an objection is answered to who made it. */
export function decisionSpec(request: string, grant: boolean, detail?: CaseDetail): StepSpec {
  const kind = detail?.requests.find((one) => one.id === request)?.kind
  return {
    title: grant ? text('同意申请', 'Grant the request') : text('不同意申请', 'Refuse the request'),
    tail: 'requests/{request}/decision',
    on: { request },
    fixed: { grant },
    danger: !grant,
    fields: [kind === 'reopen' ? { ...reason(), hint: answered } : reason()],
  }
}

/** The form in which a unit reports on an order of supervision. */
export function answerSpec(order: string): StepSpec {
  return {
    title: text('报告督办办理情况', 'Report on the order'),
    tail: 'supervisions/{supervision}/answer',
    on: { supervision: order },
    fields: [{ ...reason(text('办理情况', 'Report')), name: 'text' }],
  }
}

/** The form in which an order of supervision is closed. */
export function endSpec(order: string): StepSpec {
  return {
    title: text('督办销号', 'Close the order'),
    tail: 'supervisions/{supervision}/end',
    on: { supervision: order },
    fields: [reason(text('销号理由', 'Why it is closed'))],
  }
}

/** The form in which the report on an order is sent back. */
export function returnReportSpec(order: string): StepSpec {
  return {
    title: text('退回督办报告', 'Send the report back'),
    tail: 'supervisions/{supervision}/send-back',
    on: { supervision: order },
    danger: true,
    fields: [reason(text('还缺什么', 'What is missing'))],
  }
}

/** The form in which a case is merged into one that was suggested. */
function mergeSpec(into: string): StepSpec | undefined {
  return stepSpecs.merge && { ...stepSpecs.merge, initial: { into } }
}

/** The form that the address names: `accept`, `merge.ID`, `grant.ID`, `refuse.ID`, `answer.ID`, `again.ID`, `end.ID`. */
export function specOf(subject: string | undefined, detail?: CaseDetail): StepSpec | undefined {
  const [name = '', id] = (subject ?? '').split('.')
  if (!id) return Object.hasOwn(stepSpecs, name) ? stepSpecs[name] : undefined
  if (name === 'grant' || name === 'refuse') return decisionSpec(id, name === 'grant', detail)
  if (name === 'answer') return answerSpec(id)
  if (name === 'again') return returnReportSpec(id)
  if (name === 'merge') return mergeSpec(id)
  return name === 'end' ? endSpec(id) : undefined
}

/** The body of a step out of what was filled in; what is empty is left out. */
export function bodyOf(spec: StepSpec, values: Record<string, unknown>): object | undefined {
  if (spec.fields.length === 0) return undefined
  const body = { ...withoutEmpty(values), ...spec.fixed } as Record<string, unknown>
  if (typeof body.level === 'string') body.level = Number(body.level)
  if (body.reached === false) delete body.answers
  return body
}

function withoutEmpty(values: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(values)
    .map(([name, value]) => [name, isGroup(value) ? withoutEmpty(value) : value] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
  return Object.fromEntries(kept)
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
