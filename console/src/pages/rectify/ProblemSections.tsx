import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { useCampaignFact } from '@/pages/campaign/CampaignLink'
import { mediaOfFile } from '@/parts/media/fileMedia'
import { MediaViewer } from '@/parts/media/MediaViewer'
import { type Fact, Facts } from '@/parts/record/Facts'
import { Money } from '@/parts/record/Money'
import { Section } from '@/parts/record/Section'
import type { Tone } from '@/parts/record/StateTag'
import { Timeline } from '@/parts/record/Timeline'
import { showDue, showInstant } from '@/time/shanghai'
import { InnerLink } from '@/url/InnerLink'
import {
  categoryName,
  type LedgerWords,
  nameIn,
  type ProblemDetail,
  useLedgerWords,
} from './rectifyApi'

/** What was found, where, and how it is to be put right. */
export function ProblemFacts({ problem }: { problem: ProblemDetail }) {
  const t = useT()
  const words = useLedgerWords()
  const campaign = useCampaignFact(problem.campaign_id)
  return (
    <div className="qf-stack">
      <Section title={t('发现', 'What was found')}>
        <Facts facts={[...found(problem, words, t), ...campaign]} />
      </Section>
      <Section title={t('整改', 'Putting it right')}>
        <Facts facts={planned(problem, words, t)} />
      </Section>
      {(problem.paper || problem.closed_at || problem.passed_at) && (
        <Section title={t('审核', 'Reviews')}>
          <Facts facts={reviewed(problem, t)} />
        </Section>
      )}
    </div>
  )
}

const day = (at: string | undefined) => (at ? showInstant(at, 'date') : '—')

function found(p: ProblemDetail, words: LedgerWords | undefined, t: Translate): Fact[] {
  const clause = words?.clauses?.find((one) => one.code === p.clause)
  return [
    {
      label: t('来源', 'Source'),
      value: (
        <>
          {t(nameIn(words?.sources, p.source))} <Origin of={p} />
        </>
      ),
    },
    { label: t('类别', 'Category'), value: t(categoryName(words, p.category)) },
    {
      label: t('责任单位', 'Unit'),
      value: [p.unit_name, p.department_name].filter(Boolean).join(' · '),
    },
    { label: t('部位', 'Location'), value: p.location || '—' },
    { label: t('发现日期', 'Found on'), value: day(p.found_on) },
    {
      label: t('发现人', 'Found by'),
      value: [p.found_by, p.found_how].filter(Boolean).join('，') || '—',
    },
    ...(clause
      ? [
          {
            label: t('判定条款（待核对正式文本）', 'Clause (not yet verified)'),
            value: `${clause.code} ${t(clause.text)}`,
            wide: true,
          },
        ]
      : []),
    ...(p.listed_at
      ? [
          {
            label: t('挂牌督办', 'Listed'),
            value: `${p.authority} ${day(p.listed_at)}${p.delisted_at ? t(`，${day(p.delisted_at)}摘牌`, `, delisted ${day(p.delisted_at)}`) : ''}`,
            wide: true,
          },
        ]
      : []),
    ...(p.remark ? [{ label: t('备注', 'Remark'), value: p.remark, wide: true }] : []),
  ]
}

const origins: Record<string, string> = {
  inspection: '/inspection/tasks/',
  case: '/casework/cases/',
}

/** The record that a problem comes from, where the person may read that. */
function Origin({ of }: { of: ProblemDetail }) {
  const folder = origins[of.source]
  if (!folder || !of.source_record) return of.source_number
  return <InnerLink to={folder + of.source_record}>{of.source_number}</InnerLink>
}

function planned(p: ProblemDetail, words: LedgerWords | undefined, t: Translate): Fact[] {
  return [
    { label: t('责任领导', 'Leader in charge'), value: p.leader || '—' },
    { label: t('责任人', 'Responsible'), value: p.responsible_name || p.charge || '—' },
    {
      label: t('时限', 'Time limit'),
      value: [t(nameIn(words?.terms, p.term)), p.due_at && showDue(p.due_at)]
        .filter(Boolean)
        .join(t('，', ', ')),
    },
    {
      label: t('整改资金', 'Funds'),
      value: <Money fen={p.funded ? p.funds : undefined} withUnit />,
    },
    { label: t('整改目标', 'Goal'), value: p.goal || '—', wide: true },
    { label: t('整改措施', 'Measures'), value: p.measures || '—', wide: true },
    ...(p.kind === 'hazard'
      ? [
          { label: t('风险管控措施', 'Controls'), value: p.controls || '—', wide: true },
          { label: t('应急预案', 'Contingency plan'), value: p.contingency || '—', wide: true },
        ]
      : []),
    { label: t('进展', 'Progress'), value: p.progress || '—', wide: true },
  ]
}

function reviewed(p: ProblemDetail, t: Translate): Fact[] {
  const who = (id: string, at: string | undefined) => (id ? `${p.names[id] ?? ''} ${day(at)}` : '—')
  if (p.paper) {
    return [
      { label: t('导入前已销号', 'Closed before it came here'), value: p.paper, wide: true },
      { label: t('销号日期', 'Closed on'), value: day(p.closed_at) },
      { label: t('回头看日期', 'Look back by'), value: day(p.look_due) },
    ]
  }
  return [
    { label: t('申请销号', 'Applied'), value: who(p.applied_by, p.applied_at) },
    { label: t('初审', 'First review'), value: who(p.passed_by, p.passed_at) },
    { label: t('复核销号', 'Closed'), value: who(p.closed_by, p.closed_at) },
    { label: t('回头看日期', 'Look back by'), value: day(p.look_due) },
  ]
}

/** What shows the problem, and what shows that it was put right. */
export function ProblemFiles({ problem }: { problem: ProblemDetail }) {
  const t = useT()
  const files = problem.files ?? []
  const some = (evidence: boolean) =>
    files
      .filter((file) => file.evidence === evidence)
      .map((file) =>
        mediaOfFile(
          `/api/v1/problems/${encodeURIComponent(problem.id)}/files/${encodeURIComponent(file.id)}`,
          file,
        ),
      )
  return (
    <Section title={t('材料', 'Files')}>
      <h3 className="qf-section-title">{t('发现时', 'When it was found')}</h3>
      <MediaViewer media={some(false)} />
      <h3 className="qf-section-title">{t('整改佐证', 'Evidence of what was done')}</h3>
      <MediaViewer media={some(true)} />
    </Section>
  )
}

const tones: Record<string, Tone> = {
  start: 'active',
  apply: 'active',
  pass: 'active',
  close: 'good',
  hold: 'good',
  delist: 'good',
  send_back: 'warn',
  rebound: 'bad',
  list: 'warn',
  press: 'bad',
}

/** What happened to a problem, the newest first. */
export function ProblemTimeline({ problem }: { problem: ProblemDetail }) {
  const t = useT()
  return (
    <Section title={t('整改过程', 'Timeline')}>
      <Timeline
        entries={[...(problem.events ?? [])].reverse().map((event) => ({
          id: event.id,
          at: event.at,
          title: t(event.text),
          actor: event.actor_name,
          detail: said(event, t),
          tone: tones[event.act] ?? 'neutral',
        }))}
      />
    </Section>
  )
}

/** What a step decided beside its words. */
function said(event: ProblemDetail['events'][number], t: Translate) {
  const { due, files } = event.detail as { due?: string; files?: number }
  const more = [
    due && t(`期限 ${due}`, `Deadline ${due}`),
    files ? t(`材料 ${files} 份`, `Files: ${files}`) : '',
  ].filter(Boolean)
  if (!event.reason && more.length === 0) return undefined
  return (
    <>
      {event.reason && <div>{event.reason}</div>}
      {more.length > 0 && <div className="qf-faint">{more.join(' · ')}</div>}
    </>
  )
}
