import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import type { Brief } from './briefApi'
import { briefStates, briefTones, issueOf } from './briefWords'
import { NewBriefForm } from './NewBriefForm'

/** The briefs of a campaign and its summary, each to be had as a document. */
export default function BriefsPage() {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const writing = useUrlForm('new')
  return (
    <>
      <ListPage
        id="campaign.briefs"
        title={t('简报与总结', 'Briefs and summary')}
        path="/api/v1/campaigns/{id}/briefs"
        pathParams={{ id }}
        filters={[]}
        columns={[
          {
            key: 'title',
            title: t('标题', 'Title'),
            primary: true,
            long: true,
            cell: (row: Brief) => row.title,
          },
          { key: 'issue', title: t('期号', 'Issue'), cell: (row: Brief) => t(issueOf(row)) },
          {
            key: 'state',
            title: t('状态', 'State'),
            cell: (row: Brief) => (
              <StateTag tone={briefTones[row.state]}>{t(briefStates[row.state])}</StateTag>
            ),
          },
          {
            key: 'created',
            title: t('起草日期', 'Drafted'),
            cell: (row: Brief) => <When at={row.created_at} precision="date" />,
          },
          {
            key: 'docx',
            title: t('文件', 'Document'),
            cell: (row: Brief) => (
              <a href={`/api/v1/briefs/${row.id}/docx`} download>
                {t('下载', 'Download')}
              </a>
            ),
          },
        ]}
        keyOf={(row: Brief) => row.id}
        linkOf={(row: Brief) => `/campaign/list/${id}/briefs/${row.id}`}
        actions={
          <Can permission="campaign.manage">
            <Button type="primary" onClick={() => writing.show()}>
              {t('起草', 'Write one')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有简报', 'There is no brief yet'),
          hint: t(
            '起草时按专项的进展和已审签的统计表拼出初稿，再由您修改。',
            'A first text is put together from the progress and the signed tables, for you to change.',
          ),
        }}
      />
      <NewBriefForm campaign={id} url={writing} />
    </>
  )
}
