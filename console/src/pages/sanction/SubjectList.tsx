import { useT } from '@/i18n/useT'
import { NodeName } from '@/parts/fields/NodeName'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { choices } from './options'
import { named, useDictionary } from './sanctionApi'
import { toneOfGrade } from './state'

/** Those who have a credit record. */
export function SubjectList() {
  const t = useT()
  const words = useDictionary()
  return (
    <ListPage
      id="credit"
      path="/api/v1/sanctions/credit"
      filters={[
        { kind: 'text', name: 'q', label: t('名称', 'Name') },
        {
          kind: 'choice',
          name: 'grade',
          label: t('等级', 'Grade'),
          options: ['A', 'B', 'C', 'D'].map((one) => ({ value: one, label: one })),
        },
        {
          kind: 'choice',
          name: 'kind',
          label: t('对象类型', 'Kind of subject'),
          options: choices(words.kinds, t),
        },
        { kind: 'node', name: 'unit', label: t('地区或机构', 'Region or institution') },
      ]}
      columns={[
        { key: 'name', title: t('名称', 'Name'), primary: true, cell: (x) => x.name },
        { key: 'kind', title: t('类型', 'Kind'), cell: (x) => t(named(words.kinds, x.kind)) },
        {
          key: 'grade',
          title: t('等级', 'Grade'),
          cell: (x) => <StateTag tone={toneOfGrade(x.grade)}>{x.grade}</StateTag>,
        },
        {
          key: 'certificate',
          title: t('证书编号', 'Certificate'),
          cell: (x) => x.certificate || '—',
        },
        { key: 'where', title: t('所在', 'Where'), cell: (x) => <NodeName node={x.path} /> },
        {
          key: 'since',
          title: t('建档', 'Since'),
          cell: (x) => <When at={x.created_at} precision="date" />,
        },
      ]}
      keyOf={(x) => x.id}
      linkOf={(x) => `/inspection/credit/${x.id}`}
      empty={{
        title: t('还没有信用档案', 'No credit records'),
        hint: t('立案、记分时会自动建档。', 'Filing a penalty or giving points makes one.'),
      }}
    />
  )
}
