import { useParams } from '@tanstack/react-router'
import { text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'

type Row = Schemas['CampaignTypical']

const states = {
  draft: text('草稿', 'Draft'),
  approved: text('已审定', 'Approved'),
  published: text('已公布', 'Published'),
  withdrawn: text('已撤下', 'Withdrawn'),
}

/** The typical cases of a campaign. */
export default function TypicalCasesPage() {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  return (
    <ListPage
      id="campaign.typical"
      title={t('典型案例', 'Typical cases')}
      path="/api/v1/campaigns/{id}/typical-cases"
      pathParams={{ id }}
      filters={[
        {
          kind: 'choice',
          name: 'state',
          label: t('状态', 'State'),
          options: Object.entries(states).map(([value, name]) => ({ value, label: t(name) })),
        },
      ]}
      columns={[
        { key: 'title', title: t('标题', 'Title'), primary: true, cell: (row: Row) => row.title },
        { key: 'number', title: t('编号', 'Number'), cell: (row: Row) => row.number },
        { key: 'state', title: t('状态', 'State'), cell: (row: Row) => t(states[row.state]) },
        {
          key: 'published',
          title: t('公布日期', 'Published'),
          cell: (row: Row) =>
            row.published_at ? <When at={row.published_at} precision="date" /> : '—',
        },
      ]}
      keyOf={(row: Row) => row.id}
      empty={{ title: t('还没有典型案例', 'There is no typical case yet') }}
    />
  )
}
