import { Button } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { useUrlForm } from '@/url/useUrlForm'
import { AssignForm } from './AssignForm'
import { taskColumns } from './taskColumns'
import { type InspectionWords, useInspectionWords } from './useInspectionWords'

/** The inspections that the person may know of. */
export default function TasksPage() {
  const t = useT()
  const words = useInspectionWords()
  const assigning = useUrlForm('assign')
  return (
    <>
      <ListPage
        id="inspection.tasks"
        title={t('检查任务', 'Inspections')}
        path="/api/v1/inspection/tasks"
        filters={filters(t, words)}
        columns={taskColumns(t, words)}
        keyOf={(one) => one.id}
        linkOf={(one) => `/inspection/tasks/${one.id}`}
        exportable
        actions={
          <Can permission="inspection.manage">
            <Button type="primary" onClick={() => assigning.show()}>
              {t('指派检查', 'Assign an inspection')}
            </Button>
          </Can>
        }
        empty={{
          title: t('没有检查任务', 'No inspections'),
          hint: t(
            '双随机任务由抽取产生；飞行检查等可以直接指派。',
            'Double-random ones come out of a draw; others can be assigned.',
          ),
        }}
      />
      <AssignForm url={assigning} />
    </>
  )
}

function filters(t: Translate, words: InspectionWords): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('对象或任务号', 'Target or number') },
    {
      kind: 'choice',
      name: 'box',
      label: t('待办', 'To do'),
      options: [
        { value: 'open', label: t('未检查', 'Not inspected yet') },
        { value: 'overdue', label: t('超期未检查', 'Not inspected in time') },
        { value: 'unchecked', label: t('待复核', 'To be confirmed') },
        { value: 'late', label: t('超期未公示', 'Publication late') },
      ],
    },
    { kind: 'choice', name: 'state', label: t('状态', 'State'), options: words.states('tasks') },
    { kind: 'choice', name: 'kind', label: t('方式', 'Kind'), options: words.options('kinds') },
    {
      kind: 'choice',
      name: 'conclusion',
      label: t('结论', 'Conclusion'),
      options: words.options('conclusions'),
    },
    { kind: 'link', name: 'plan', label: t('只看一份计划的', 'Of one plan') },
    { kind: 'link', name: 'draw', label: t('只看一次抽取的', 'Of one draw') },
    { kind: 'link', name: 'campaign', label: t('只看一次专项行动的', 'Of one campaign') },
    { kind: 'node', name: 'below', label: t('地区或机构', 'Region or unit') },
    { kind: 'days', names: ['from', 'to'], label: t('下达时间', 'Given') },
  ]
}
