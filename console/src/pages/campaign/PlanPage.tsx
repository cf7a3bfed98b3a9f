import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Form, Skeleton } from 'antd'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { LongText } from '@/parts/fields/LongText'
import { ActionForm } from '@/parts/form/ActionForm'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { useGo } from '@/url/useGo'
import { type CampaignDetail, campaignOf, type PlanValues, savePlan, sourceOf } from './campaignApi'
import { PlanFields } from './PlanFields'
import { SourcePane } from './SourcePane'
import { usePlace } from './usePlace'

/** Changes a plan: a draft beside its document, a campaign that runs with the reason. */
export default function PlanPage() {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useQuery(campaignOf(id))
  if (found.error) return <ProblemAlert error={found.error} onRetry={found.refetch} />
  if (!found.data) return <Skeleton active />
  return (
    <Page
      title={t('整治方案', 'Plan')}
      of={{ title: found.data.title, to: `/campaign/list/${id}` }}
    >
      <BesideSource campaign={found.data} />
    </Page>
  )
}

/** The form of a draft that was read from a document, beside that. */
function BesideSource({ campaign }: { campaign: CampaignDetail }) {
  const beside = campaign.sourced && campaign.state === 'draft'
  const { data, error, refetch } = useQuery({ ...sourceOf(campaign.id), enabled: beside })
  const form = <PlanForm campaign={campaign} />
  if (!beside) return form
  if (error) {
    return (
      <div className="qf-stack">
        <ProblemAlert error={error} onRetry={refetch} />
        {form}
      </div>
    )
  }
  if (!data) return <Skeleton active />
  return (
    <SourcePane text={data.text} read={data.read} content={campaign.content}>
      {form}
    </SourcePane>
  )
}

function PlanForm({ campaign }: { campaign: CampaignDetail }) {
  const t = useT()
  const go = useGo()
  const { id, revision, title, content } = campaign
  usePlace()
  return (
    <ActionForm<PlanValues, unknown>
      name={`campaign.plan.${id}.${revision}`}
      initial={{ title, content }}
      submit={(values) => savePlan(id, revision, values)}
      submitLabel={t('保存', 'Save')}
      onDone={() => go(`/campaign/list/${id}`)}
      onCancel={() => go(`/campaign/list/${id}`)}
    >
      <PlanFields />
      {campaign.state !== 'draft' && (
        <Section title={t('调整原因', 'Why it is amended')}>
          <Form.Item name="reason" label={t('原因', 'Reason')} required>
            <LongText />
          </Form.Item>
        </Section>
      )}
    </ActionForm>
  )
}
