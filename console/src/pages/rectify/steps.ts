import { type Text, text } from '@/i18n/text'
import type { ProblemDetail } from './rectifyApi'

/** How a field of a step is filled in. */
export type FieldKind =
  | 'text'
  | 'line'
  | 'date'
  | 'money'
  | 'files'
  | 'unit'
  | 'staff'
  | 'category'
  | 'clause'
  | 'choice'

/** One field of a step, declared as data. */
export interface FieldSpec {
  name: string
  label: Text
  kind: FieldKind
  required?: boolean
  hint?: Text
  words?: Record<string, Text>
  /** Only asked for while another field has this value. */
  when?: { name: string; is: string }
}

/** A step of a problem as a form: where it is sent and what is asked for. */
export interface StepSpec {
  /** What follows `/problems/{id}/` in the address. */
  tail: string
  fields: FieldSpec[]
  fixed?: object
  danger?: boolean
  /** What the form starts from. */
  start?: (problem: ProblemDetail) => object
}

const field = (
  name: string,
  label: Text,
  kind: FieldKind,
  more: Partial<FieldSpec> = {},
): FieldSpec => ({ name, label, kind, ...more })

const reason = (label = text('理由', 'Reason')) =>
  field('reason', label, 'text', { required: true })
const remark = field('reason', text('说明', 'Remark'), 'text')
const due = (label: Text) => field('due_on', label, 'date', { required: true })

const grades = { general: text('一般', 'General'), major: text('重大', 'Major') }
const kinds = { problem: text('问题', 'Problem'), hazard: text('隐患', 'Hazard') }

/** The fields of an entry that may be corrected. */
export const entryFields: FieldSpec[] = [
  field('kind', text('类型', 'Kind'), 'choice', { words: kinds, required: true }),
  field('category', text('问题类别', 'Category'), 'category', { required: true }),
  field('grade', text('级别', 'Grade'), 'choice', { words: grades, required: true }),
  field('clause', text('判定条款', 'Clause'), 'clause', {
    when: { name: 'grade', is: 'major' },
    hint: text(
      '只用于重大隐患。条款摘自判定清单，尚未与正式文本核对。',
      'For a major hazard alone. The clauses were not yet held against the official text.',
    ),
  }),
  field('description', text('问题描述', 'Description'), 'text', { required: true }),
  field('location', text('部位', 'Location'), 'line'),
  field('found_on', text('发现日期', 'Found on'), 'date', { required: true }),
  field('found_by', text('发现人', 'Found by'), 'line'),
  field('found_how', text('发现方式', 'Found how'), 'line'),
]

const planFields: FieldSpec[] = [
  field('leader', text('责任领导', 'Leader in charge'), 'line'),
  field('charge', text('责任人（系统外人员）', 'Responsible (not in the system)'), 'line'),
  field('goal', text('整改目标', 'Goal'), 'text'),
  field('measures', text('整改措施', 'Measures'), 'text', { required: true }),
  field('controls', text('风险管控措施', 'Controls until then'), 'text'),
  field('funds', text('整改资金', 'Funds'), 'money', {
    hint: text('不需要资金请填 0。', 'Write 0 where none are needed.'),
  }),
  field('contingency', text('应急预案', 'Contingency plan'), 'text'),
]

/** Every step that a person can take, by the name that the server gives it. */
export const stepSpecs: Record<string, StepSpec> = {
  plan: {
    tail: 'plan',
    fields: planFields,
    fixed: {},
    start: (p) => ({
      leader: p.leader,
      charge: p.charge,
      goal: p.goal,
      measures: p.measures,
      controls: p.controls,
      contingency: p.contingency,
      ...(p.funded && { funds: p.funds }),
    }),
  },
  assign: {
    tail: 'assign',
    fields: [
      field('department_id', text('科室', 'Department'), 'unit'),
      field('responsible', text('责任人', 'Responsible'), 'staff'),
      field('note', text('交办意见', 'Instruction'), 'text'),
    ],
    start: (p) => ({
      ...(p.department_id && { department_id: p.department_id }),
      ...(p.responsible && { responsible: p.responsible }),
    }),
  },
  start: { tail: 'start', fields: [] },
  report: {
    tail: 'report',
    fields: [
      field('text', text('做了什么', 'What was done'), 'text', { required: true }),
      field('files', text('佐证材料', 'Evidence'), 'files', {
        hint: text(
          '整改后的照片或文件；没有佐证不能销号。',
          'Pictures or papers of what was done; without them nothing is closed.',
        ),
      }),
    ],
  },
  apply: { tail: 'apply', fields: [remark] },
  pass: { tail: 'pass', fields: [remark] },
  send_back: { tail: 'send-back', fields: [reason()], danger: true },
  close: {
    tail: 'close',
    fields: [
      field('how', text('复核方式', 'Reviewed how'), 'choice', {
        required: true,
        words: { on_site: text('现场', 'On site'), papers: text('资料', 'By the papers') },
      }),
      reason(text('复核情况', 'What was found')),
    ],
  },
  hold: {
    tail: 'look-back',
    fixed: { held: true },
    fields: [reason(text('回头看情况', 'What was found'))],
  },
  rebound: {
    tail: 'look-back',
    fixed: { held: false },
    danger: true,
    fields: [reason(text('反弹情况', 'What was found')), due(text('新的整改期限', 'New deadline'))],
  },
  list: {
    tail: 'list',
    danger: true,
    fields: [
      field('authority', text('挂牌单位', 'Listing authority'), 'line', { required: true }),
      due(text('督办期限', 'Deadline')),
      reason(),
    ],
  },
  delist: { tail: 'delist', fields: [reason(text('验收情况', 'What was found'))] },
  ask_extension: {
    tail: 'ask',
    fixed: { what: 'extension' },
    fields: [due(text('延到哪天', 'New deadline')), reason()],
  },
  ask_withdrawal: { tail: 'ask', fixed: { what: 'withdrawal' }, fields: [reason()] },
  extend: { tail: 'decide', fixed: { grant: true }, fields: [remark] },
  withdraw: { tail: 'decide', fixed: { grant: true }, fields: [remark], danger: true },
  refuse: { tail: 'decide', fixed: { grant: false }, fields: [reason()] },
  correct: {
    tail: 'correct',
    fields: [...entryFields, reason()],
    start: (p) => ({
      kind: p.kind,
      category: p.category,
      grade: p.grade,
      ...(p.clause && { clause: p.clause }),
      description: p.description,
      location: p.location,
      found_on: p.found_on.slice(0, 10),
      found_by: p.found_by,
      found_how: p.found_how,
    }),
  },
}
