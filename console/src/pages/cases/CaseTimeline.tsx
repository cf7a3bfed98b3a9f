import type { ReactNode } from 'react'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import type { Tone } from '@/parts/record/StateTag'
import { Timeline } from '@/parts/record/Timeline'
import { InnerLink } from '@/url/InnerLink'
import type { CaseDetail } from './caseApi'
import { caseLink } from './columns'
import { type CaseWords, useCaseWords } from './useCaseWords'
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
const others: Record<string, string> = {
  merge: 'into',
  merged_in: 'from',
  joined_message: 'from',
  joined_evidence: 'from',
}

/** What a step is called: a case that was returned was not taken back, an order has its level. */
function titleOf(
  { action, detail }: CaseDetail['timeline'][number],
  { events, levels, purposes }: CaseWords,
  t: Translate,
): string {
  if (action === 'take_back' && detail.returned_by) return t(wordOf(events, 'returned'))
  const level = detail.level ? t(wordOf(levels, String(detail.level))) : ''
  if (typeof detail.purpose === 'string') {
    return `${t(wordOf(events, action))} · ${t(wordOf(purposes, detail.purpose))}`
  }
  return action === 'supervise' && level
    ? level
    : [t(wordOf(events, action)), level].filter(Boolean).join(' · ')
}

/** What was said with a step, the units that it went to, the case that it joined; undefined if nothing. */
function saidIn(event: CaseDetail['timeline'][number], t: Translate): ReactNode {
  const word = (name: string | undefined) => {
    const value = name && event.detail[name]
    return typeof value === 'string' ? value : ''
  }
  const other = word(others[event.action])
  const units = ['dispatch', 'add_helper'].includes(event.action) ? event.public : ''
  const files = typeof event.detail.files === 'number' ? event.detail.files : 0
  const words = event.reason || (units ? '' : event.public)
  if (!units && !other && !words && !files) return undefined
  return (
    <>
      {units && <div>{units}</div>}
      {other && <InnerLink to={caseLink({ id: other })}>{word('number') || other}</InnerLink>}
      {words && <div>{words}</div>}
      {files > 0 && <div>{t(`材料 ${files} 份`, `Files: ${files}`)}</div>}
    </>
  )
}

/** What happened to a case, the newest first. */
export function CaseTimeline({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const lists = useCaseWords()
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
          title: titleOf(event, lists, t),
          actor: actor(event),
          detail: saidIn(event, t),
          tone: tones[event.action] ?? 'neutral',
        }))}
      />
    </Section>
  )
}
