import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { useWords, type Words } from '@/pages/org/dictionaries'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { NodeName } from '@/parts/fields/NodeName'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { coverageOf } from './campaignApi'

type Row = Schemas['CampaignInstitutionRow']

/**
 * The institutions in scope, and for who is told, when they were inspected: what stands behind
 * the coverage.
 */
export default function CoveredPage() {
  const t = useT()
  const words = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const cover = useQuery(coverageOf(id))
  if (cover.error && !cover.data)
    return <ProblemAlert error={cover.error} onRetry={cover.refetch} />
  if (!cover.data) return <Skeleton active />
  const dated = cover.data.by_name
  return (
    <ListPage
      id="campaign.institutions"
      title={t('机构覆盖', 'Institutions covered')}
      path="/api/v1/campaigns/{id}/institutions"
      pathParams={{ id }}
      filters={dated ? [inspected(t), ...filters(t, words)] : filters(t, words)}
      columns={dated ? [...columns(t, words), firstInspected(t)] : columns(t, words)}
      keyOf={(row) => row.id}
      empty={{ title: t('没有这样的机构', 'There is no such institution') }}
    />
  )
}

function inspected(t: Translate): Filter {
  return {
    kind: 'choice',
    name: 'inspected',
    label: t('是否已查', 'Inspected'),
    options: [
      { value: 'yes', label: t('已查', 'Yes') },
      { value: 'no', label: t('未查', 'No') },
    ],
  }
}

function filters(t: Translate, words: Words): Filter[] {
  return [
    {
      kind: 'choice',
      name: 'kind',
      label: t('类别', 'Kind'),
      options: words.options('institution_kinds'),
    },
    { kind: 'node', name: 'region', label: t('地区', 'Region') },
  ]
}

function columns(t: Translate, words: Words): Column<Row>[] {
  return [
    { key: 'name', title: t('机构', 'Institution'), primary: true, cell: (row) => row.name },
    {
      key: 'kind',
      title: t('类别', 'Kind'),
      cell: (row) => words.name('institution_kinds', row.kind),
    },
    { key: 'region', title: t('地区', 'Region'), cell: (row) => <NodeName node={row.region} /> },
  ]
}

function firstInspected(t: Translate): Column<Row> {
  return {
    key: 'at',
    title: t('首次检查', 'First inspected'),
    cell: (row) => (row.inspected_at ? <When at={row.inspected_at} precision="date" /> : '—'),
  }
}
