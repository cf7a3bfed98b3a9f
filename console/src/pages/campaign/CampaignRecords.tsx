import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { InnerLink } from '@/url/InnerLink'

/** What was inspected, found and punished in a campaign, each in its own list. */
export function CampaignRecords({ id }: { id: string }) {
  const t = useT()
  const can = useCan()
  const lists = [
    {
      may: can('inspection.read'),
      to: `/inspection/tasks?campaign=${id}`,
      text: t('检查任务', 'Inspections'),
    },
    {
      may: can('rectify.read'),
      to: `/inspection/problems?campaign=${id}`,
      text: t('问题台账', 'Problems'),
    },
    {
      may: can('sanction.read'),
      to: `/inspection/penalties?campaign_id=${id}`,
      text: t('行政处罚', 'Penalties'),
    },
  ].filter(({ may }) => may)
  if (lists.length === 0) return null
  return (
    <Section title={t('本专项的记录', 'Records of this campaign')}>
      <ul>
        {lists.map(({ to, text }) => (
          <li key={to}>
            <InnerLink to={to}>{text}</InnerLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}
