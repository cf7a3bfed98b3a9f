import { type Text, text } from '@/i18n/text'
import type { Coded, Dictionary } from './sanctionApi'

/** What a field of a form is filled in with. */
export type Kind =
  | 'line'
  | 'long'
  | 'date'
  | 'money'
  | 'number'
  | 'flag'
  | 'files'
  | 'lines'
  | 'choice'
  | 'choices'
  | 'subject'
  | 'officers'
  | 'violations'
  | 'violation'
  | 'measures'

/** A field of a form. */
export interface Field {
  name: string
  kind: Kind
  label: Text
  required?: boolean
  hint?: Text
  /** What can be chosen. */
  among?: (words: Dictionary) => readonly Coded[] | null
}

/** A form that is sent to one address. */
export interface Form {
  /** After `/api/v1/sanctions/`, with `{id}` for the record. */
  path: string
  title: Text
  fields: Field[]
  danger?: boolean
  initial?: object
}

const on: Field = {
  name: 'on',
  kind: 'date',
  label: text('日期', 'Day'),
  hint: text('不填就是今天。', 'Empty is today.'),
}
const note: Field = { name: 'note', kind: 'long', label: text('说明', 'Note') }
const reason: Field = {
  name: 'reason',
  kind: 'long',
  label: text('理由', 'Reason'),
  required: true,
}
const need = (field: Omit<Field, 'required'>): Field => ({ ...field, required: true })
const subject = need({ name: 'subject', kind: 'subject', label: text('对象', 'Subject') })
const measures = need({ name: 'measures', kind: 'measures', label: text('措施', 'Measures') })
const decisionNo = need({
  name: 'decision_no',
  kind: 'line',
  label: text('决定书文号', 'Number of the decision'),
})
const months = need({ name: 'months', kind: 'number', label: text('期限（月）', 'Months') })
const gravity = need({
  name: 'gravity',
  kind: 'choice',
  label: text('失信程度', 'Gravity'),
  among: ({ displays }) => displays?.map((one) => ({ code: one.gravity, name: one.name })) ?? null,
})
const foundOn = need({ name: 'found_on', kind: 'date', label: text('发现日期', 'Found on') })

const filing: Field[] = [
  subject,
  need({ name: 'violations', kind: 'violations', label: text('违规类别', 'Violations') }),
  need({ name: 'facts', kind: 'long', label: text('违法事实', 'What was done') }),
  need({ name: 'basis', kind: 'long', label: text('法律依据', 'Clauses of the law') }),
  foundOn,
  {
    name: 'ended_on',
    kind: 'date',
    label: text('行为终了日期', 'The act ended on'),
    hint: text('仍在继续的不填。', 'Empty where it goes on.'),
  },
  {
    name: 'grave',
    kind: 'flag',
    label: text(
      '涉及生命健康安全、金融安全且有危害后果（时效五年）',
      'Life, health or financial safety was harmed (five years)',
    ),
  },
  need({ name: 'officers', kind: 'officers', label: text('执法人员', 'Officers') }),
  on,
]

const twoOfficers = { officers: [{}, {}] }

/** The forms that make a record. */
export const making = {
  file: {
    path: 'penalties',
    title: text('立案', 'File a penalty'),
    fields: filing,
    initial: twoOfficers,
  },
  spot: {
    path: 'penalties/spot',
    title: text('当场处罚', 'Punish on the spot'),
    fields: [...filing, decisionNo, measures],
    initial: { ...twoOfficers, measures: [{ kind: 'warning' }] },
  },
  point: {
    path: 'points',
    title: text('记分', 'Give points'),
    fields: [
      subject,
      need({
        name: 'scheme',
        kind: 'choice',
        label: text('记分办法', 'Scheme'),
        among: ({ schemes }) => schemes,
      }),
      need({ name: 'rule', kind: 'line', label: text('记分条款', 'Clause of the rule') }),
      need({ name: 'violation', kind: 'violation', label: text('违规类别', 'Violation') }),
      need({ name: 'points', kind: 'number', label: text('分值', 'Points') }),
      need({
        name: 'per',
        kind: 'choice',
        label: text('计分单位', 'Counted by'),
        among: ({ pers }) => pers,
      }),
      need({ name: 'times', kind: 'number', label: text('数量', 'How many') }),
      foundOn,
      {
        name: 'confirmed_on',
        kind: 'date',
        label: text('确认日期', 'Confirmed on'),
        hint: text('不填就是今天。', 'Empty is today.'),
      },
      {
        name: 'band',
        kind: 'choice',
        label: text('情节（医保记分）', 'Gravity (insurance)'),
        among: ({ insurance }) =>
          insurance.bands?.map((one) => ({ code: one.key, name: one.name })) ?? null,
      },
      {
        name: 'shift',
        kind: 'choice',
        label: text('从轻或从重（医保记分）', 'Lighter or heavier (insurance)'),
        among: () => [
          { code: -1 as never, name: text('从轻一档', 'One band lighter') },
          { code: 1 as never, name: text('从重一档', 'One band heavier') },
        ],
      },
      {
        name: 'shift_reason',
        kind: 'line',
        label: text('从轻或从重的理由', 'Why lighter or heavier'),
      },
    ],
    initial: { scheme: 'practice', per: 'event', times: 1 },
  },
  pass: {
    path: 'passes',
    title: text('登记校验合格', 'Record a pass'),
    fields: [
      subject,
      need({ name: 'passed_on', kind: 'date', label: text('校验合格日期', 'Passed on') }),
      need({ name: 'beds', kind: 'number', label: text('床位数', 'Beds') }),
    ],
    initial: { subject: { kind: 'institution' } },
  },
  black: {
    path: 'blacklist',
    title: text('列入黑名单', 'Put on the blacklist'),
    fields: [subject, gravity, months, reason, on],
  },
  transfer: {
    path: 'transfers',
    title: text('移送', 'Hand over'),
    fields: [
      subject,
      need({
        name: 'agency',
        kind: 'choice',
        label: text('移送部门', 'To whom'),
        among: ({ agencies }) => agencies,
      }),
      need({ name: 'matter', kind: 'long', label: text('移送事项', 'Matter') }),
      need({
        name: 'materials',
        kind: 'lines',
        label: text('材料清单', 'Materials'),
        hint: text('每项一条，回车确认。', 'One entry each, Enter to add.'),
      }),
      on,
    ],
  },
  veto: {
    path: 'vetoes',
    title: text('一票否决', 'Record a veto'),
    fields: [
      subject,
      need({
        name: 'uses',
        kind: 'choices',
        label: text('否决用途', 'What it rules out'),
        among: ({ uses }) => uses,
      }),
      months,
      reason,
      on,
    ],
  },
  publicise: {
    path: 'publications',
    title: text('拟公示', 'Propose for the public'),
    fields: [
      need({ name: 'title', kind: 'line', label: text('标题', 'Title') }),
      need({
        name: 'text',
        kind: 'long',
        label: text('公示内容', 'Text'),
        hint: text(
          '自然人写“张某”，不写身份证号、证书编号和电话。由他人审批后才公开。',
          'Write people as 张某, without numbers. It is public once somebody else has approved it.',
        ),
      }),
      {
        name: 'basis',
        kind: 'long',
        label: text('公示的法律依据', 'Clauses of the law, for the public'),
        hint: text('不填就用立案时写的。', 'Empty is what was filed.'),
      },
      gravity,
      months,
    ],
  },
  publiciseEntry: {
    path: 'publications',
    title: text('拟公示', 'Propose for the public'),
    fields: [
      need({ name: 'title', kind: 'line', label: text('标题', 'Title') }),
      need({ name: 'text', kind: 'long', label: text('公示内容', 'Text') }),
    ],
  },
} satisfies Record<string, Form>

const step = (path: string, title: Text, fields: Field[], more: Partial<Form> = {}): Form => ({
  path,
  title,
  fields,
  ...more,
})

/** The steps of a penalty, by what the server calls them. */
export const penaltySteps: Record<string, Form> = {
  notify: step('penalties/{id}/notice', text('登记告知', 'Record the notice'), [on, note]),
  hear: step('penalties/{id}/hearing', text('登记听证', 'Record the hearing'), [on, note]),
  decide: step(
    'penalties/{id}/decision',
    text('作出决定', 'Decide'),
    [
      decisionNo,
      measures,
      {
        name: 'waived',
        kind: 'flag',
        label: text('当事人书面放弃听证', 'The party waived the hearing in writing'),
      },
      { name: 'late_reason', kind: 'line', label: text('超期原因', 'Why it is late') },
      on,
    ],
    { initial: { measures: [{}] } },
  ),
  // The party asks, not the office: it is never the step that comes next.
  'ask-hearing': step('penalties/{id}/hearing-request', text('登记听证申请', 'Hearing asked for'), [
    on,
    note,
  ]),
  serve: step('penalties/{id}/service', text('登记送达', 'Record the service'), [on, note]),
  pay: step('penalties/{id}/payment', text('登记缴款', 'Record the payment'), [
    need({ name: 'fine_fen', kind: 'money', label: text('罚款', 'Fine') }),
    { name: 'late_fen', kind: 'money', label: text('加处罚款', 'Late fee') },
    { ...reason, required: false, label: text('减免理由', 'Why less was paid') },
    on,
  ]),
  execute: step('penalties/{id}/execution', text('执行完毕', 'Carried out'), [on, note]),
  close: step('penalties/{id}/closing', text('结案', 'Close'), [on, note]),
  hold: step('penalties/{id}/responsibility', text('责任追究', 'Hold responsible'), [
    need({
      name: 'layer',
      kind: 'choice',
      label: text('责任层级', 'Layer'),
      among: ({ layers }) => layers,
    }),
    need({ name: 'name', kind: 'line', label: text('姓名', 'Name') }),
    { name: 'post', kind: 'line', label: text('职务', 'Post') },
    need({
      name: 'measure',
      kind: 'choice',
      label: text('处理', 'Measure'),
      among: ({ rungs }) => rungs,
    }),
    { ...reason, required: false },
    on,
  ]),
  'keep-private': step('penalties/{id}/unpublished', text('说明不公示', 'Why not public'), [
    reason,
  ]),
  drop: step('penalties/{id}/dropping', text('不予处罚', 'Drop the case'), [reason, on], {
    danger: true,
  }),
  change: step(
    'penalties/{id}/change',
    text('变更决定', 'Change the decision'),
    [decisionNo, measures, reason, on],
    { danger: true, initial: { measures: [{}] } },
  ),
  annul: step('penalties/{id}/annulment', text('撤销决定', 'Annul the decision'), [reason, on], {
    danger: true,
  }),
}

/** The steps of points. */
export const pointSteps: Record<string, Form> = {
  notify: step('points/{id}/notice', text('登记告知', 'Record the notice'), [
    need({ name: 'notice_no', kind: 'line', label: text('通知书编号', 'Number of the notice') }),
    on,
  ]),
  serve: step('points/{id}/service', text('登记送达', 'Record the service'), [on]),
  defend: step('points/{id}/defence', text('陈述申辩', 'Record the defence'), [
    { ...reason, label: text('申辩内容', 'What was said') },
  ]),
  void: step('points/{id}/voiding', text('撤销记分', 'Void'), [reason, on], { danger: true }),
}

/** The steps of a transfer. */
export const transferSteps: Record<string, Form> = {
  receive: step('transfers/{id}/receipt', text('登记回执', 'Record the receipt'), [
    need({ name: 'receipt_no', kind: 'line', label: text('回执编号', 'Number') }),
    need({ name: 'files', kind: 'files', label: text('回执文件', 'File of the receipt') }),
    on,
  ]),
  answer: step('transfers/{id}/result', text('登记结果', 'Record the result'), [
    need({ name: 'result', kind: 'long', label: text('办理结果', 'Result') }),
    on,
  ]),
  chase: step('transfers/{id}/chasing', text('催办', 'Ask again'), [
    { ...reason, label: text('催办情况', 'How it was asked') },
    on,
  ]),
  close: step('transfers/{id}/closing', text('办结', 'Close'), [
    {
      ...note,
      hint: text('没有回执或结果的，请写明原因。', 'Say why, where there is no receipt or result.'),
    },
    on,
  ]),
}

/** The steps of a publication. */
export const publicationSteps: Record<string, Form> = {
  approve: step('publications/{id}/approval', text('批准公示', 'Approve'), []),
  refuse: step('publications/{id}/refusal', text('不批准', 'Refuse'), [reason]),
  withdraw: step(
    'publications/{id}/withdrawal',
    text('撤回公示', 'Withdraw'),
    [
      {
        ...reason,
        hint: text('公众会看到撤回理由。', 'The public reads the reason.'),
      },
    ],
    { danger: true },
  ),
}

/** Other things that are done to a record of a list. */
export const deeds = {
  consequence: step('consequences/{id}/decision', text('作出决定', 'Decide'), [
    { name: 'impose', kind: 'flag', label: text('作出该后果', 'Impose it') },
    { name: 'months', kind: 'number', label: text('期限（月）', 'Months') },
    reason,
    on,
  ]),
  remove: step('blacklist/{id}/removal', text('移出黑名单', 'Take off'), [reason, on], {
    danger: true,
  }),
  lift: step('vetoes/{id}/lifting', text('解除否决', 'Lift'), [reason, on], { danger: true }),
} satisfies Record<string, Form>
