import type { Text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Section } from '@/parts/record/Section'
import { Timeline } from '@/parts/record/Timeline'

interface DeedTrailProps {
  deeds: Schemas['OrgDeed'][]
  /** What the steps are called. */
  acts: Record<string, Text>
}

/** What was done with a record, by whom and why. */
export function DeedTrail({ deeds, acts }: DeedTrailProps) {
  const t = useT()
  return (
    <Section title={t('办理记录', 'What was done')}>
      <Timeline
        entries={deeds.map((deed) => ({
          id: deed.id,
          at: deed.at,
          title: t(acts[deed.act] ?? { zh: deed.act, en: deed.act }),
          actor: deed.actor_name,
          detail: deed.reason,
        }))}
      />
    </Section>
  )
}
