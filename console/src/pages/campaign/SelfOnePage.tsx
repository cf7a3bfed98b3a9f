import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { NotFoundPage } from '@/parts/feedback/NotFoundPage'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { NodeName } from '@/parts/fields/NodeName'
import { mediaOfFile } from '@/parts/media/fileMedia'
import { MediaViewer } from '@/parts/media/MediaViewer'
import { Facts } from '@/parts/record/Facts'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { Timeline } from '@/parts/record/Timeline'
import { When } from '@/parts/record/When'
import { showInstant } from '@/time/shanghai'
import { InnerLink } from '@/url/InnerLink'
import { SelfAnswers } from './SelfAnswers'
import { SelfLinkCard } from './SelfLinkCard'
import { SelfState } from './SelfState'
import { type SelfDetail, selfOf } from './selfcheckApi'
import { selfActs } from './selfcheckWords'
import { useSelfActions } from './useSelfActions'

/** What one institution sent, each time, and what became of its problems. */
export default function SelfOnePage() {
  const { id, unit } = useParams({ strict: false }) as { id: string; unit: string }
  const [revision, show] = useState(0)
  const { data, error, refetch } = useQuery(selfOf(id, unit, revision))
  if (error && asProblem(error).status === 404) return <NotFoundPage />
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />
  return data ? <SelfRecord id={id} of={data} show={show} /> : <Skeleton active />
}

interface SelfRecordProps {
  id: string
  of: SelfDetail
  show: (revision: number) => void
}

function SelfRecord({ id, of, show }: SelfRecordProps) {
  const t = useT()
  const actions = useSelfActions(id, of)
  return (
    <RecordLayout
      header={
        <RecordHeader
          number={of.number || undefined}
          title={of.name}
          state={<SelfState of={of} over={of.over} />}
          {...actions}
        />
      }
      aside={
        <>
          {of.link && <SelfLinkCard id={id} unit={of.unit} over={of.over} />}
          <Section title={t('办理记录', 'What was done')}>
            <SelfTrail of={of} />
          </Section>
        </>
      }
    >
      <Section
        title={t('自查情况', 'Self-examination')}
        extra={of.revisions.length > 1 && <Revisions of={of} show={show} />}
      >
        <SelfFacts id={id} of={of} />
      </Section>
      {of.shown > 0 ? (
        <SelfAnswers of={of} />
      ) : (
        <Alert
          type="info"
          showIcon
          title={
            of.begun
              ? t(
                  '机构已经开始填写，还没有提交；暂存的内容只有机构自己能看到。',
                  'It has begun and sent nothing yet; only the institution sees its draft.',
                )
              : t('机构还没有提交。', 'The institution has sent nothing yet.')
          }
        />
      )}
      {of.files.length > 0 && (
        <Section title={t('附件', 'Files')}>
          <MediaViewer
            media={of.files.map((file) =>
              mediaOfFile(
                `/api/v1/campaigns/${id}/selfcheck/institutions/${of.unit}/files/${file.id}`,
                file,
              ),
            )}
          />
        </Section>
      )}
    </RecordLayout>
  )
}

function Revisions({ of, show }: Omit<SelfRecordProps, 'id'>) {
  const t = useT()
  return (
    <Select
      size="small"
      value={of.shown}
      onChange={show}
      popupMatchSelectWidth={false}
      aria-label={t('第几次提交', 'Which sending')}
      options={of.revisions.map(({ n, at }) => ({
        value: n,
        label: `${t(`第 ${n} 次提交`, `Version ${n}`)} · ${showInstant(at, 'date')}`,
      }))}
    />
  )
}

function SelfFacts({ id, of }: { id: string; of: SelfDetail }) {
  const t = useT()
  const words = useWords()
  const { signer, post } = of.answers
  return (
    <Facts
      facts={[
        {
          label: t('专项整治', 'Campaign'),
          value: <InnerLink to={`/campaign/list/${id}/selfcheck`}>{of.campaign}</InnerLink>,
        },
        { label: t('截止', 'Until'), value: of.until },
        { label: t('机构类别', 'Kind'), value: words.name('institution_kinds', of.kind) },
        { label: t('地区', 'Region'), value: <NodeName node={of.region} /> },
        {
          label: t('首次提交', 'First sent'),
          value: of.submitted_at ? <When at={of.submitted_at} /> : '—',
        },
        {
          label: t('最近提交', 'Last sent'),
          value: of.changed_at ? <When at={of.changed_at} /> : '—',
        },
        {
          label: t('承诺人', 'Committed by'),
          value: [signer, post].filter(Boolean).join('，') || '—',
        },
        {
          label: t('问题', 'Problems'),
          value: t(
            `${of.problems} 个，自查时已整改 ${of.corrected} 个`,
            `${of.problems}, of which ${of.corrected} were put right at once`,
          ),
        },
      ]}
    />
  )
}

function SelfTrail({ of }: { of: SelfDetail }) {
  const t = useT()
  return (
    <Timeline
      entries={of.trail.map((deed) => {
        const { revision } = (deed.detail ?? {}) as { revision?: number }
        const what = t(selfActs[deed.act] ?? { zh: deed.act, en: deed.act })
        return {
          id: deed.id,
          at: deed.at,
          title: revision ? `${what} · ${t(`第 ${revision} 次`, `version ${revision}`)}` : what,
          actor: deed.actor === 'institution' ? of.name : deed.actor_name,
          detail: deed.reason,
        }
      })}
    />
  )
}
