import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { Timeline } from '@/parts/record/Timeline'
import { type Coded, named, type Told } from './sanctionApi'

/** What was done with a record, the latest first. */
export function Life({ trail, steps }: { trail: Told[] | null; steps: Coded[] | null }) {
  const t = useT()
  return (
    <Section title={t('办理过程', 'History')}>
      <Timeline
        entries={[...(trail ?? [])].reverse().map((one) => ({
          id: one.id,
          at: one.at,
          title: t(named(steps, one.act)),
          actor: one.actor_name,
          detail: one.reason,
        }))}
      />
    </Section>
  )
}
