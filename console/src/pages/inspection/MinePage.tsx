import { useT } from '@/i18n/useT'
import { ListPage } from '@/parts/list/ListPage'
import { taskColumns } from './taskColumns'
import { useInspectionWords } from './useInspectionWords'

/** The inspections that the person carries out. */
export default function MinePage() {
  const t = useT()
  const words = useInspectionWords()
  return (
    <ListPage
      id="inspection.mine"
      title={t('我的检查', 'My inspections')}
      path="/api/v1/inspection/mine"
      filters={[{ kind: 'flag', name: 'all', label: t('含已完成', 'Finished ones too') }]}
      columns={taskColumns(t, words)}
      keyOf={(one) => one.id}
      linkOf={(one) => `/inspection/tasks/${one.id}`}
      empty={{ title: t('没有交给您的检查', 'No inspection is yours') }}
    />
  )
}
