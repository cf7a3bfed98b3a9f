import { useParams } from '@tanstack/react-router'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { useWords, type Words } from '@/pages/org/dictionaries'
import type { Schemas } from '@/pages/system/schemas'
import { NodeName } from '@/parts/fields/NodeName'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'

type Row = Schemas['CampaignSelfLine']

/** Who examined themselves and who did not. */
export default function SelfcheckPage() {
  const t = useT()
  const words = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  return (
    <ListPage
      id="campaign.selfcheck"
      title={t('自查自纠', 'Self-examination')}
      path="/api/v1/campaigns/{id}/selfcheck/institutions"
      pathParams={{ id }}
      filters={filters(t, words)}
      columns={columns(t, words)}
      keyOf={(row) => row.unit}
      empty={{ title: t('还没有要求机构自查', 'No institution was asked yet') }}
    />
  )
}

function filters(t: Translate, words: Words): Filter[] {
  return [
    {
      kind: 'choice',
      name: 'state',
      label: t('状态', 'State'),
      options: [
        { value: 'due', label: t('未自查', 'Due') },
        { value: 'done', label: t('已自查', 'Done') },
      ],
    },
    {
      kind: 'choice',
      name: 'kind',
      label: t('类别', 'Kind'),
      options: words.options('institution_kinds'),
    },
  ]
}

function columns(t: Translate, words: Words): Column<Row>[] {
  return [
    { key: 'name', title: t('机构', 'Institution'), primary: true, cell: (row) => row.name },
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (row) => (row.state === 'done' ? t('已自查', 'Done') : t('未自查', 'Due')),
    },
    {
      key: 'kind',
      title: t('类别', 'Kind'),
      cell: (row) => words.name('institution_kinds', row.kind),
    },
    { key: 'region', title: t('地区', 'Region'), cell: (row) => <NodeName node={row.region} /> },
    { key: 'number', title: t('编号', 'Number'), cell: (row) => row.number || '—' },
    { key: 'problems', title: t('发现问题', 'Problems'), cell: (row) => row.problems },
    { key: 'corrected', title: t('已整改', 'Put right'), cell: (row) => row.corrected },
    {
      key: 'changed',
      title: t('最近提交', 'Last sent'),
      cell: (row) => (row.changed_at ? <When at={row.changed_at} precision="date" /> : '—'),
    },
  ]
}
