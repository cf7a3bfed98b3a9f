import { useQuery } from '@tanstack/react-query'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import type { Fact } from '@/parts/record/Facts'
import { InnerLink } from '@/url/InnerLink'
import { campaignOf } from './campaignApi'

/** The campaign that a record belongs to, by its name. */
export function CampaignLink({ id }: { id: string }) {
  const may = useCan()('campaign.read')
  const { data } = useQuery({ ...campaignOf(id), enabled: may })
  return data ? <InnerLink to={`/campaign/list/${id}`}>{data.title}</InnerLink> : '—'
}

/** The same among the facts of a record; nothing where it belongs to none. */
export function useCampaignFact(id: string): Fact[] {
  const t = useT()
  return id
    ? [{ label: t('专项行动', 'Campaign'), value: <CampaignLink id={id} />, wide: true }]
    : []
}
