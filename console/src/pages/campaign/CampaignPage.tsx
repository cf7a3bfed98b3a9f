import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { InnerLink } from '@/url/InnerLink'
import { CampaignCoverage } from './CampaignCoverage'
import { CampaignPlan } from './CampaignPlan'
import { CampaignRecords } from './CampaignRecords'
import { CampaignSource } from './CampaignSource'
import { CampaignStages } from './CampaignStages'
import { type CampaignDetail, campaignOf, trailOf } from './campaignApi'
import { DeedTrail } from './DeedTrail'
import { useCampaignActions } from './useCampaignActions'
import { actNames, stateNames, stateTones } from './words'

/** A campaign on one page: where it stands, how far it has come, who does what. */
export default function CampaignPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useQuery(campaignOf(id))
  if (found.error) return <ProblemAlert error={found.error} onRetry={found.refetch} />
  return found.data ? <CampaignRecord campaign={found.data} /> : <Skeleton active />
}

function CampaignRecord({ campaign }: { campaign: CampaignDetail }) {
  const t = useT()
  const { id } = campaign
  const actions = useCampaignActions(campaign)
  return (
    <RecordLayout
      header={
        <RecordHeader
          number={campaign.number}
          title={campaign.title}
          state={
            <StateTag tone={stateTones[campaign.state]}>{t(stateNames[campaign.state])}</StateTag>
          }
          {...actions}
        />
      }
      aside={
        <>
          {campaign.state !== 'draft' && <CampaignParts id={id} />}
          {campaign.state !== 'draft' && <CampaignRecords id={id} />}
          <CampaignTrail id={id} />
        </>
      }
    >
      <CampaignStages campaign={campaign} />
      {campaign.state !== 'draft' && <CampaignCoverage id={id} />}
      <CampaignPlan campaign={campaign} />
      {campaign.sourced && <CampaignSource campaign={campaign} />}
    </RecordLayout>
  )
}

/** What else belongs to a campaign, each on its own page. */
function CampaignParts({ id }: { id: string }) {
  const t = useT()
  const at = (part: string) => `/campaign/list/${id}/${part}`
  return (
    <Section title={t('工作', 'Work')}>
      <ul>
        <li>
          <InnerLink to={at('selfcheck')}>{t('自查自纠', 'Self-examination')}</InnerLink>
        </li>
        <li>
          <InnerLink to={at('look-back')}>{t('回头看', 'Look back')}</InnerLink>
        </li>
        <li>
          <InnerLink to={at('typical')}>{t('典型案例', 'Typical cases')}</InnerLink>
        </li>
        <li>
          <InnerLink to={at('briefs')}>{t('简报与总结', 'Briefs and summary')}</InnerLink>
        </li>
      </ul>
    </Section>
  )
}

function CampaignTrail({ id }: { id: string }) {
  const { data } = useQuery(trailOf(id))
  return <DeedTrail deeds={data ?? []} acts={actNames} />
}
