import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { MonitorForm } from './MonitorForm'
import { LinkState, TrainingState } from './MonitorState'

/** The roster of social supervisors. */
export default function MonitorsPage() {
  const t = useT()
  const adding = useUrlForm('monitor')
  return (
    <>
      <ListPage
        id="inspection.monitors"
        title={t('社会监督员名册', 'Social supervisors')}
        path="/api/v1/inspection/monitors"
        filters={[
          {
            kind: 'text',
            name: 'q',
            label: t('姓名、身份或手机号', 'Name, walk of life or telephone'),
          },
          {
            kind: 'choice',
            name: 'box',
            label: t('能否指派', 'Can be assigned'),
            options: [
              { value: 'ready', label: t('可以指派', 'Can be assigned') },
              { value: 'untrained', label: t('尚未培训', 'Not trained') },
              { value: 'over', label: t('聘期届满', 'Term over') },
            ],
          },
          { kind: 'flag', name: 'inactive', label: t('含离任', 'Who left too') },
        ]}
        columns={[
          { key: 'name', title: t('姓名', 'Name'), primary: true, cell: (one) => one.name },
          { key: 'walk', title: t('身份', 'Walk of life'), cell: (one) => one.walk },
          {
            key: 'phone',
            title: t('手机号', 'Telephone'),
            cell: (one) => one.phone,
          },
          {
            key: 'trained',
            title: t('培训', 'Training'),
            cell: (one) => <TrainingState one={one} />,
          },
          {
            key: 'until',
            title: t('聘期至', 'Term until'),
            cell: (one) => <When at={one.term_until} precision="date" />,
          },
          {
            key: 'link',
            title: t('个人链接', 'Personal link'),
            cell: (one) => <LinkState one={one} />,
          },
        ]}
        keyOf={(one) => one.id}
        linkOf={(one) => `/inspection/monitors/${one.id}`}
        actions={
          <Button type="primary" onClick={() => adding.show()}>
            {t('聘请社会监督员', 'Recruit a supervisor')}
          </Button>
        }
        empty={{ title: t('还没有社会监督员', 'No social supervisors yet') }}
      />
      <MonitorForm url={adding} />
    </>
  )
}
