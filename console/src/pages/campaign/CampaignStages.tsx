import { Steps } from 'antd'
import { useT } from '@/i18n/useT'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import type { CampaignDetail } from './campaignApi'

/** The stages of a campaign, with that of today. */
export function CampaignStages({ campaign }: { campaign: CampaignDetail }) {
  const t = useT()
  const { content, stage } = campaign
  const members = content.members.map((id) => campaign.units[id] ?? id)
  return (
    <Section title={t('进度', 'Progress')}>
      <div className="qf-stack">
        <Steps
          size="small"
          current={stage}
          responsive
          items={content.stages.map((one) => ({
            title: one.title,
            content:
              one.start || one.end
                ? `${one.start || '…'} — ${one.end || '…'}`
                : t('时间未定', 'No days yet'),
          }))}
        />
        <Facts
          facts={[
            { label: t('牵头', 'Led by'), value: campaign.owner_name },
            { label: t('成员单位', 'Members'), value: members.join('、') || '—' },
            { label: t('文号', 'Document'), value: content.doc_number || '—' },
            { label: t('发文单位', 'Issuer'), value: content.issuer || '—' },
            { label: t('工作目标', 'Goal'), value: content.goal || '—', wide: true },
          ]}
        />
      </div>
    </Section>
  )
}
