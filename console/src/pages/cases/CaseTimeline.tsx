import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import type { Tone } from '@/parts/record/StateTag'
import { Timeline } from '@/parts/record/Timeline'
import type { CaseDetail } from './caseApi'
import { stepName } from './words'

const tones: Record<string, Tone> = {
  accept: 'active',
  dispatch: 'active',
  submit: 'active',
  approve: 'good',
  close: 'good',
  reject: 'bad',
  send_back: 'warn',
  rework: 'warn',
  supervise: 'warn',
}

/** What happened to a case, the newest first. */
export function CaseTimeline({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const actor = (event: CaseDetail['timeline'][number]) =>
    event.actor === 'reporter'
      ? t('诉求人', 'The reporter')
      : [event.actor_name, event.unit_name].filter(Boolean).join(' · ')
  return (
    <Section title={t('办理过程', 'Timeline')}>
      <Timeline
        entries={[...detail.timeline].reverse().map((event) => ({
          id: event.id,
          at: event.at,
          title: t(stepName(event.action)),
          actor: actor(event),
          detail: event.reason || event.public,
          tone: tones[event.action] ?? 'neutral',
        }))}
      />
    </Section>
  )
}
