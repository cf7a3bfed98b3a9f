import { useParams } from '@tanstack/react-router'
import { text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'

type Row = Schemas['CampaignBrief']

const states = {
  draft: text('草稿', 'Draft'),
  signed: text('已签发', 'Signed off'),
  issued: text('已印发', 'Issued'),
}

/** The briefs of a campaign and its summary, each to be had as a document. */
export default function BriefsPage() {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  return (
    <ListPage
      id="campaign.briefs"
      title={t('简报与总结', 'Briefs and summary')}
      path="/api/v1/campaigns/{id}/briefs"
      pathParams={{ id }}
      filters={[]}
      columns={[
        { key: 'title', title: t('标题', 'Title'), primary: true, cell: (row: Row) => row.title },
        {
          key: 'issue',
          title: t('期号', 'Issue'),
          cell: (row: Row) =>
            row.kind === 'summary'
              ? t('总结', 'Summary')
              : row.issue
                ? t(`第${row.issue}期`, `No. ${row.issue}`)
                : '—',
        },
        { key: 'state', title: t('状态', 'State'), cell: (row: Row) => t(states[row.state]) },
        {
          key: 'created',
          title: t('起草日期', 'Drafted'),
          cell: (row: Row) => <When at={row.created_at} precision="date" />,
        },
        {
          key: 'docx',
          title: t('文件', 'Document'),
          cell: (row: Row) => (
            <a href={`/api/v1/briefs/${row.id}/docx`} download>
              {t('下载', 'Download')}
            </a>
          ),
        },
      ]}
      keyOf={(row: Row) => row.id}
      empty={{ title: t('还没有简报', 'There is no brief yet') }}
    />
  )
}
