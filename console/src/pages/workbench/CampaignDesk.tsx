import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { type Translate, text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { briefKinds } from '@/pages/campaign/briefWords'
import { percentOf } from '@/pages/campaign/percent'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import type { Column } from '@/parts/list/column'
import { PlainRows } from '@/parts/list/PlainRows'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { showCount } from '@/parts/record/showCount'
import { returnBoxes } from './areas'
import { BoxRow } from './BoxRow'
import { type BenchBox, boxesFor } from './boxes'

type Milestone = Schemas['CampaignDeskMilestone']
type Selfcheck = Schemas['CampaignDeskSelfcheck']
type Draft = Schemas['CampaignDeskDraft']

/** What campaigns want of the person: returns, drafts to sign, milestones, self-examinations. */
export function CampaignDesk() {
  const t = useT()
  const can = useCan()
  const { data, error, refetch } = useQuery({
    queryKey: ['campaign', 'desk'],
    queryFn: () => read(api.GET('/api/v1/campaigns/desk')),
  })
  if (error) return <ProblemAlert error={error} onRetry={refetch} />
  const boxes = boxesFor(returnBoxes, data?.counts, can)
  return (
    <Section title={t('专项整治', 'Campaigns')}>
      <BoxRow boxes={[...boxes, ...(data?.selfchecks ?? []).map(selfcheckBox)]} />
      {data && data.drafts.length > 0 && (
        <>
          <h3>
            {t(
              `待您签发和审定（${data.drafts.length}）`,
              `For you to sign off or approve (${data.drafts.length})`,
            )}
          </h3>
          <PlainRows
            keyOf={(row) => row.id}
            rows={data.drafts}
            columns={draftColumns(t)}
            linkOf={(row) =>
              `/campaign/list/${row.campaign}/${row.kind === 'typical' ? 'typical' : 'briefs'}/${row.id}`
            }
            empty=""
          />
        </>
      )}
      {data && data.milestones.length > 0 && (
        <>
          <h3>{t('临近和未达到的节点', 'Milestones near or missed')}</h3>
          <PlainRows
            keyOf={(row) => `${row.campaign} ${row.due} ${row.percent} ${row.kinds.join()}`}
            rows={data.milestones}
            columns={columns(t)}
            linkOf={(row) => `/campaign/list/${row.campaign}`}
            empty=""
          />
        </>
      )}
    </Section>
  )
}

/** The institutions of one round that sent nothing. */
function selfcheckBox({ campaign, title, until, over, left }: Selfcheck): BenchBox {
  return {
    key: campaign,
    label: text('未自查机构', 'Not self-examined'),
    value: showCount(left),
    to: `/campaign/list/${campaign}/selfcheck?state=due`,
    tone: over ? 'bad' : 'warn',
    note: text(`${title}，${until} 截止`, `${title}, by ${until}`),
  }
}

function draftColumns(t: Translate): Column<Draft>[] {
  return [
    { key: 'name', title: t('标题', 'Title'), primary: true, long: true, cell: (row) => row.name },
    {
      key: 'kind',
      title: t('种类', 'Kind'),
      cell: (row) =>
        row.kind === 'typical' ? t('典型案例', 'Typical case') : t(briefKinds[row.kind]),
    },
    {
      key: 'campaign',
      title: t('专项行动', 'Campaign'),
      long: true,
      cell: (row) => row.title,
    },
  ]
}

function columns(t: Translate): Column<Milestone>[] {
  return [
    {
      key: 'title',
      title: t('专项行动', 'Campaign'),
      primary: true,
      long: true,
      cell: (row) => row.title,
    },
    { key: 'due', title: t('截止', 'By'), cell: (row) => row.due },
    {
      key: 'goal',
      title: t('目标', 'Goal'),
      cell: (row) => t(`覆盖 ${row.percent}%`, `${row.percent}% covered`),
    },
    {
      key: 'reached',
      title: t('已查', 'Inspected'),
      cell: (row) => `${row.inspected} / ${row.in_scope}（${percentOf(row)}）`,
    },
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (row) => (
        <StateTag tone={row.past ? 'bad' : 'warn'}>
          {row.past ? t('未达到', 'Missed') : t('临近', 'Near')}
        </StateTag>
      ),
    },
  ]
}
