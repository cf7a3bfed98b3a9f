import { useT } from '@/i18n/useT'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { choices, usual } from './options'
import { StateOf } from './StateOf'
import { named, useDictionary } from './sanctionApi'

/** The events of points. */
export function PointList() {
  const t = useT()
  const words = useDictionary()
  return (
    <ListPage
      id="points"
      path="/api/v1/sanctions/points"
      filters={usual(t, words.points, [
        {
          kind: 'choice',
          name: 'scheme',
          label: t('记分办法', 'Scheme'),
          options: choices(words.schemes, t),
        },
        { kind: 'flag', name: 'overdue', label: t('有超期事项', 'Something is overdue') },
      ])}
      columns={[
        { key: 'number', title: t('编号', 'Number'), primary: true, cell: (p) => p.number },
        { key: 'name', title: t('对象', 'Subject'), cell: (p) => p.name },
        {
          key: 'scheme',
          title: t('办法', 'Scheme'),
          cell: (p) => t(named(words.schemes, p.scheme)),
        },
        { key: 'rule', title: t('条款', 'Clause'), long: true, cell: (p) => p.rule },
        { key: 'total', title: t('分', 'Points'), align: 'right', cell: (p) => p.total },
        {
          key: 'state',
          title: t('状态', 'State'),
          cell: (p) => <StateOf of="points" state={p.state} />,
        },
        {
          key: 'confirmed',
          title: t('确认', 'Confirmed'),
          cell: (p) => <When at={p.confirmed_on} precision="date" />,
        },
      ]}
      keyOf={(p) => p.id}
      linkOf={(p) => `/inspection/points/${p.id}`}
      empty={{
        title: t('还没有记分', 'No points yet'),
        hint: t(
          '先登记机构最近一次校验合格日期，再记分。',
          'Record the last pass of the institution, then give points.',
        ),
      }}
    />
  )
}
