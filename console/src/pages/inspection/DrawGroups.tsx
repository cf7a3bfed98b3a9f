import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { NodeName } from '@/parts/fields/NodeName'
import { PlainRows } from '@/parts/list/PlainRows'
import { Section } from '@/parts/record/Section'

type Group = Schemas['InspectionGroup']

/** The groups from which shares are drawn, with how many of each are, or will be, drawn. */
export function DrawGroups({ groups }: { groups: Group[] | null | undefined }) {
  const t = useT()
  return (
    <Section title={t('分组', 'Groups')}>
      <PlainRows<Group>
        rows={groups}
        keyOf={(one) => `${one.district} ${one.kind} ${one.credit}`}
        empty={t('没有分组', 'No groups')}
        columns={[
          {
            key: 'district',
            title: t('区划', 'District'),
            cell: (one) => <NodeName node={one.district} />,
          },
          { key: 'kind', primary: true, title: t('类别', 'Kind'), cell: (one) => t(one.kind_name) },
          { key: 'credit', title: t('信用', 'Class'), cell: (one) => one.credit || '—' },
          {
            key: 'share',
            title: t('比例', 'Share'),
            align: 'right',
            cell: (one) => `${one.share / 100}%`,
          },
          {
            key: 'targets',
            title: t('名录', 'Targets'),
            align: 'right',
            cell: (one) => one.targets,
          },
          {
            key: 'before',
            title: t('年内已抽', 'Before'),
            align: 'right',
            cell: (one) => one.before,
          },
          {
            key: 'spared',
            title: t('免抽', 'Spared'),
            align: 'right',
            cell: (one) => one.spared,
          },
          {
            key: 'drawn',
            title: t('抽中', 'Drawn'),
            align: 'right',
            cell: (one) => one.drawn,
          },
        ]}
      />
    </Section>
  )
}
