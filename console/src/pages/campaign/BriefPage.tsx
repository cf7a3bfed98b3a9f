import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useT } from '@/i18n/useT'
import { Loaded } from '@/pages/sanction/Loaded'
import { Facts } from '@/parts/record/Facts'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { BriefFacts } from './BriefFacts'
import { BriefPaper } from './BriefPaper'
import { type BriefDetail, briefOf } from './briefApi'
import { briefActs, briefKinds, briefStates, briefTones, issueOf } from './briefWords'
import { CampaignLink } from './CampaignLink'
import { DeedTrail } from './DeedTrail'
import { DraftWaits } from './DraftWaits'
import { useBriefActions } from './useBriefActions'

/** A brief as it is printed, with its figures and what was done with it. */
export default function BriefPage() {
  const { brief } = useParams({ strict: false }) as { brief: string }
  return <Loaded query={useQuery(briefOf(brief))}>{(of) => <BriefRecord of={of} />}</Loaded>
}

function BriefRecord({ of }: { of: BriefDetail }) {
  const t = useT()
  const actions = useBriefActions(of)
  return (
    <RecordLayout
      header={
        <RecordHeader
          number={of.issue ? t(issueOf(of)) : undefined}
          title={of.title}
          state={<StateTag tone={briefTones[of.state]}>{t(briefStates[of.state])}</StateTag>}
          {...actions}
        />
      }
      aside={<DeedTrail deeds={of.trail} acts={briefActs} />}
    >
      <Section title={t('基本情况', 'Basics')}>
        <Facts
          facts={[
            {
              label: t('专项行动', 'Campaign'),
              value: <CampaignLink id={of.campaign_id} />,
            },
            { label: t('种类', 'Kind'), value: t(briefKinds[of.kind]) },
            { label: t('起草人', 'Drafted by'), value: of.drafter || '—' },
            { label: t('起草时间', 'Drafted'), value: <When at={of.created_at} /> },
            { label: t('签发人', 'Signed off by'), value: of.signer || '—' },
            {
              label: t('签发时间', 'Signed off'),
              value: of.signed_at ? <When at={of.signed_at} /> : '—',
            },
            {
              label: t('印发日期', 'Issued'),
              value: of.issued_at ? <When at={of.issued_at} precision="date" /> : '—',
            },
          ]}
        />
      </Section>
      {of.waiting && <DraftWaits of={of.waiting} until={t('签发', 'sign it off')} />}
      {of.actions.includes('save') && !of.actions.includes('sign') && (
        <Alert
          type="info"
          showIcon
          title={t(
            '改好后送审，由分管领导在本页签发；起草人不能签发。',
            'Once it is right, hand it in: the director signs it off on this page, whoever drafted it cannot.',
          )}
        />
      )}
      <BriefFacts of={of} />
      <Section title={t('正文', 'Text')}>
        <BriefPaper of={of.document} />
      </Section>
    </RecordLayout>
  )
}
