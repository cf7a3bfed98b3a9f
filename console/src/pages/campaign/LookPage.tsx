import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Skeleton } from 'antd'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { NotFoundPage } from '@/parts/feedback/NotFoundPage'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Facts } from '@/parts/record/Facts'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { Timeline } from '@/parts/record/Timeline'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { LookState } from './LookState'
import { groundNames, type LookDetail, lookActs, lookOf, lookResults } from './lookApi'
import { useLookActions } from './useLookActions'
import './selfcheck.css'

/** One institution that is looked at again: why, what was found, and who decided. */
export default function LookPage() {
  const { look } = useParams({ strict: false }) as { look: string }
  const { data, error, refetch } = useQuery(lookOf(look))
  if (error && asProblem(error).status === 404) return <NotFoundPage />
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />
  return data ? <LookRecord of={data} /> : <Skeleton active />
}

function LookRecord({ of }: { of: LookDetail }) {
  const t = useT()
  const actions = useLookActions(of)
  return (
    <RecordLayout
      header={
        <RecordHeader
          number={of.campaign_title}
          title={of.name}
          state={<LookState of={of} over={of.over} />}
          {...actions}
        />
      }
      aside={
        <Section title={t('办理记录', 'What was done')}>
          <LookTrail of={of} />
        </Section>
      }
    >
      {of.asked_by && (
        <Alert
          type="info"
          showIcon
          title={t(
            `${of.asked_by}申请移出：${of.asked_why}`,
            `${of.asked_by} asks to take it off: ${of.asked_why}`,
          )}
          description={t('由另一个人决定。', 'Somebody else decides.')}
        />
      )}
      <Section title={t('为什么回头看', 'Why it is looked at again')}>
        <ul className="qf-self-lines">
          {of.grounds.map((ground) => (
            <li key={ground.kind + ground.record} className="qf-self-line">
              <span>
                {t(groundNames[ground.kind] ?? { zh: ground.kind, en: ground.kind })}{' '}
                <InnerLink to={ground.link}>{ground.label}</InnerLink>
              </span>
              <span className="qf-faint">
                <When at={ground.at} precision="date" />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('复查情况', 'What was found')}>
        <LookFacts of={of} />
      </Section>
    </RecordLayout>
  )
}

function LookFacts({ of }: { of: LookDetail }) {
  const t = useT()
  const by = of.inspections.find((one) => one.id === of.inspection)
  const result = lookResults[of.result]
  return (
    <Facts
      facts={[
        {
          label: t('专项整治', 'Campaign'),
          value: (
            <InnerLink to={`/campaign/list/${of.campaign}/look-back`}>
              {of.campaign_title}
            </InnerLink>
          ),
        },
        { label: t('完成期限', 'To be done by'), value: of.due || '—' },
        {
          label: t('结论', 'Result'),
          value: result ? t(result) : t('还没有复查', 'Nobody looked'),
        },
        {
          label: t('复查', 'Looked at'),
          value: of.checked_at ? (
            <span>
              {of.checked_by} <When at={of.checked_at} />
            </span>
          ) : (
            '—'
          ),
        },
        ...(of.inspection
          ? [
              {
                label: t('检查任务', 'Inspection'),
                value: (
                  <InnerLink to={`/inspection/tasks/${of.inspection}`}>
                    {by?.number ?? t('查看', 'See')}
                  </InnerLink>
                ),
              },
            ]
          : []),
        ...(of.note ? [{ label: t('情况', 'Note'), value: of.note, wide: true }] : []),
        ...(of.state === 'off'
          ? [
              {
                label: t('移出', 'Taken off'),
                value: (
                  <span>
                    {of.off_by} <When at={of.off_at ?? ''} />
                  </span>
                ),
              },
              { label: t('移出事由', 'Why'), value: of.asked_why || '—', wide: true },
            ]
          : []),
      ]}
    />
  )
}

function LookTrail({ of }: { of: LookDetail }) {
  const t = useT()
  return (
    <Timeline
      entries={of.trail.map((deed) => {
        const { record, result } = (deed.detail ?? {}) as { record?: string; result?: string }
        const ground = of.grounds.find((one) => one.record === record)
        const found = result ? lookResults[result] : undefined
        const said = found ? t(found) : ground?.label
        const what = t(lookActs[deed.act] ?? { zh: deed.act, en: deed.act })
        return {
          id: deed.id,
          at: deed.at,
          title: said ? `${what} · ${said}` : what,
          actor: deed.actor_name,
          detail: deed.reason,
        }
      })}
    />
  )
}
