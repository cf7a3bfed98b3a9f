import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { NodeName } from '@/parts/fields/NodeName'
import { countColumn } from '@/parts/list/column'
import { PlainRows } from '@/parts/list/PlainRows'
import { Section } from '@/parts/record/Section'

type Group = Schemas['InspectionGroup']

interface DrawGroupsProps {
  groups: Group[] | null | undefined
  /** Nothing is drawn yet: the numbers are what will be. */
  ahead?: boolean
}

/** The groups from which shares are drawn, with how many of each are, or will be, drawn. */
export function DrawGroups({ groups, ahead = false }: DrawGroupsProps) {
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
          countColumn('share', t('比例', 'Share'), (one) => `${one.share / 100}%`),
          countColumn('targets', t('名录', 'Targets'), (one) => one.targets),
          countColumn('before', t('本计划已抽', 'By the plan before'), (one) => one.before),
          countColumn('spared', t('免抽', 'Spared'), (one) => one.spared),
          countColumn(
            'drawn',
            ahead ? t('应抽', 'To draw') : t('抽中', 'Drawn'),
            (one) => one.drawn,
          ),
        ]}
      />
    </Section>
  )
}
