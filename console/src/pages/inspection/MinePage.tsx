import { useEffect } from 'react'
import { prepareOffline } from '@/api/offline'
import { useUser } from '@/api/session'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { ListPage } from '@/parts/list/ListPage'
import { Page } from '@/parts/Page'
import { taskColumns } from './taskColumns'
import { useInspectionWords } from './useInspectionWords'
import { KeptVisits } from './visit/KeptVisits'
import { useOnline } from './visit/useOnline'

/** The inspections that the person carries out; the open ones are there without a network too. */
export default function MinePage() {
  const t = useT()
  const user = useUser()
  const online = useOnline()
  useEffect(() => {
    if (user) prepareOffline(user)
  }, [user])
  if (!user) return null
  if (online) return <AllMine owner={user.id} />
  return (
    <Page title={t('我的检查', 'My inspections')}>
      <KeptVisits key={user.id} owner={user.id} online={false} />
    </Page>
  )
}

function AllMine({ owner }: { owner: string }) {
  const t = useT()
  const words = useInspectionWords()
  const can = useCan()
  return (
    <ListPage
      id="inspection.mine"
      title={t('我的检查', 'My inspections')}
      path="/api/v1/inspection/mine"
      filters={[{ kind: 'flag', name: 'all', label: t('含已完成', 'Finished ones too') }]}
      columns={taskColumns(t, words)}
      keyOf={(one) => one.id}
      // Who may do nothing but visit has no other page of a task.
      linkOf={(one) => `/inspection/${can('inspection.read') ? 'tasks' : 'visit'}/${one.id}`}
      empty={{ title: t('没有交给您的检查', 'No inspection is yours') }}
    >
      <KeptVisits key={owner} owner={owner} online />
    </ListPage>
  )
}
