import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useGo } from '@/url/useGo'
import { useUrlForm } from '@/url/useUrlForm'
import { TypicalForm } from './TypicalForm'
import { type Typical, writeTypical } from './typicalApi'
import { typicalStates, typicalTones } from './typicalWords'

/** The typical cases of a campaign. */
export default function TypicalCasesPage() {
  const t = useT()
  const go = useGo()
  const { id } = useParams({ strict: false }) as { id: string }
  const writing = useUrlForm('new')
  return (
    <>
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
            options: Object.entries(typicalStates).map(([value, name]) => ({
              value,
              label: t(name),
            })),
          },
        ]}
        columns={[
          {
            key: 'title',
            title: t('标题', 'Title'),
            primary: true,
            long: true,
            cell: (row: Typical) => row.title,
          },
          { key: 'number', title: t('编号', 'Number'), cell: (row: Typical) => row.number },
          {
            key: 'state',
            title: t('状态', 'State'),
            cell: (row: Typical) => (
              <StateTag tone={typicalTones[row.state]}>{t(typicalStates[row.state])}</StateTag>
            ),
          },
          {
            key: 'written',
            title: t('起草日期', 'Written'),
            cell: (row: Typical) => <When at={row.created_at} precision="date" />,
          },
          {
            key: 'published',
            title: t('公布日期', 'Published'),
            cell: (row: Typical) =>
              row.published_at ? <When at={row.published_at} precision="date" /> : '—',
          },
        ]}
        keyOf={(row: Typical) => row.id}
        linkOf={(row: Typical) => `/campaign/list/${id}/typical/${row.id}`}
        actions={
          <Can permission="campaign.manage">
            <Button type="primary" onClick={() => writing.show()}>
              {t('写典型案例', 'Write one')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有典型案例', 'There is no typical case yet'),
          hint: t(
            '由专项办起草，他人审定后才能公布。',
            'The campaign office writes them; somebody else approves them before they are published.',
          ),
        }}
      />
      <TypicalForm
        name={`campaign.typical.new.${id}`}
        url={writing}
        initial={{ anonymous: true }}
        submit={(body) => writeTypical(id, body)}
        onDone={(made) => go(`/campaign/list/${id}/typical/${made.id}`)}
      />
    </>
  )
}
