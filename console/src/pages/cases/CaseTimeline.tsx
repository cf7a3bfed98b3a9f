import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import type { Tone } from '@/parts/record/StateTag'
import { Timeline } from '@/parts/record/Timeline'
import { InnerLink } from '@/url/InnerLink'
import type { CaseDetail } from './caseApi'
import { caseLink } from './columns'
import { useCaseWords } from './useCaseWords'
import { wordOf } from './words'

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

/** Which other case a step is about, by what its event keeps of it. */
const others: Record<string, string> = { merge: 'into', merged_in: 'from' }

/** What was said with a step, the units that it went to, the case that it joined; undefined if nothing. */
function saidIn(event: CaseDetail['timeline'][number]): ReactNode {
  const word = (name: string | undefined) => {
    const value = name && event.detail[name]
    return typeof value === 'string' ? value : ''
  }
  const other = word(others[event.action])
  const units = ['dispatch', 'add_helper'].includes(event.action) ? event.public : ''
  const words = event.reason || (units ? '' : event.public)
  if (!units && !other && !words) return undefined
  return (
    <>
      {units && <div>{units}</div>}
      {other && <InnerLink to={caseLink({ id: other })}>{word('number') || other}</InnerLink>}
      {words && <div>{words}</div>}
    </>
  )
}

/** What happened to a case, the newest first. */
export function CaseTimeline({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const { events } = useCaseWords()
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
          title: t(wordOf(events, event.action)),
          actor: actor(event),
          detail: saidIn(event),
          tone: tones[event.action] ?? 'neutral',
        }))}
      />
    </Section>
  )
}
