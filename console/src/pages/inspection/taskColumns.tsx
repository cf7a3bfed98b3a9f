import type { Translate } from '@/i18n/text'
import type { Schemas } from '@/pages/system/schemas'
import type { Column } from '@/parts/list/column'
import { When } from '@/parts/record/When'
import { TaskState } from './TaskState'
import type { InspectionWords } from './useInspectionWords'

type Row = Schemas['InspectionTaskRow']

/** The columns of a list of tasks. */
export function taskColumns(t: Translate, words: InspectionWords): Column<Row>[] {
  return [
    {
      key: 'target',
      title: t('检查对象', 'Target'),
      primary: true,
      long: true,
      cell: (one) => one.target_name,
    },
    { key: 'kind', title: t('方式', 'Kind'), cell: (one) => words.name('kinds', one.kind) },
    { key: 'state', title: t('状态', 'State'), cell: (one) => <TaskState task={one} /> },
    {
      key: 'conclusion',
      title: t('结论', 'Conclusion'),
      cell: (one) => (one.conclusion ? words.name('conclusions', one.conclusion) : '—'),
    },
    { key: 'team', title: t('检查人员', 'Inspectors'), cell: (one) => one.team?.join('、') || '—' },
    { key: 'due', title: t('检查期限', 'Due'), cell: (one) => <When at={one.due_at} due /> },
    {
      key: 'publish',
      title: t('公示期限', 'Public by'),
      cell: (one) => <When at={one.publish_due_at} due />,
    },
    { key: 'number', title: t('任务号', 'Number'), hidden: true, cell: (one) => one.number },
    { key: 'credit', title: t('信用', 'Class'), hidden: true, cell: (one) => one.credit || '—' },
  ]
}
