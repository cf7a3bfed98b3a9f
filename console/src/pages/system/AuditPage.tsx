import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { useCaseWords } from '@/pages/cases/useCaseWords'
import type { Words } from '@/pages/cases/words'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { auditAreas, auditName } from './auditWords'
import type { Schemas } from './schemas'
import './system.css'

type Entry = Schemas['SystemEntry']

/** Who did what when; reading it is itself written down. */
export default function AuditPage() {
  const t = useT()
  const { events } = useCaseWords()
  return (
    <ListPage
      id="system.audit"
      title={t('审计日志', 'Audit log')}
      path="/api/v1/audit"
      exportable
      filters={filters(t)}
      columns={columns(t, events)}
      keyOf={(entry) => entry.id}
      empty={{
        title: t('没有记录', 'Nothing on record'),
        hint: t(
          '查阅和导出日志本身也会被记录。',
          'Reading and exporting the log is itself written down.',
        ),
      }}
    />
  )
}

function filters(t: Translate): Filter[] {
  return [
    { kind: 'choice', name: 'action', label: t('操作', 'Action'), options: auditAreas(t) },
    { kind: 'text', name: 'subject', label: t('诉求编号或名称', 'Case number or name') },
    { kind: 'text', name: 'actor', label: t('人员姓名', 'Name of the person') },
    { kind: 'days', names: ['from', 'to'], label: t('日期', 'Days') },
  ]
}

/** What was acted on: by its name or number where it has one, else by its identifier. */
function Subject({ entry }: { entry: Entry }) {
  const t = useT()
  const log = entry.subject === 'audit' && t('审计日志', 'Audit log')
  const name = log || entry.subject_name || entry.detail?.number
  return (
    <span className="qf-break">
      {typeof name === 'string' ? name : <span className="qf-faint">{entry.subject || '—'}</span>}
    </span>
  )
}

function Detail({ detail }: { detail: Entry['detail'] }) {
  const entries = Object.entries(detail ?? {})
  if (entries.length === 0) return '—'
  return entries.map(([name, value]) => (
    <div key={name} className="qf-break">
      {name}: {typeof value === 'string' ? value : JSON.stringify(value)}
    </div>
  ))
}

function columns(t: Translate, events: Words): Column<Entry>[] {
  return [
    {
      key: 'at',
      title: t('时间', 'Time'),
      primary: true,
      cell: (entry) => <When at={entry.at} precision="second" />,
    },
    { key: 'actor', title: t('人员', 'Person'), cell: (entry) => entry.actor_name || entry.actor },
    {
      key: 'action',
      title: t('操作', 'Action'),
      cell: (entry) => t(auditName(entry.action, events)),
    },
    {
      key: 'subject',
      title: t('对象', 'Subject'),
      cell: (entry) => <Subject entry={entry} />,
    },
    { key: 'reason', title: t('原因', 'Reason'), long: true, cell: (entry) => entry.reason || '—' },
    {
      key: 'detail',
      title: t('详情', 'Detail'),
      long: true,
      hidden: true,
      cell: (entry) => <Detail detail={entry.detail} />,
    },
    {
      key: 'session',
      title: t('登录', 'Login'),
      hidden: true,
      cell: (entry) => entry.session || '—',
    },
  ]
}
