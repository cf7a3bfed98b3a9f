import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Facts } from '@/parts/record/Facts'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { DeedTrail } from './DeedTrail'
import { ReturnBelow } from './ReturnBelow'
import { ReturnForm } from './ReturnForm'
import { ReturnState } from './ReturnState'
import { ReturnTable } from './ReturnTable'
import { type ReturnDetail, returnOf, returnTrailOf } from './returnApi'
import { returnActs } from './returnWords'
import { useReturnActions } from './useReturnActions'

/** A return: filled in by who may, shown to everybody else. */
export default function ReturnPage() {
  const { return: id } = useParams({ strict: false }) as { return: string }
  const [revision, show] = useState(0)
  const found = useQuery(returnOf(id, revision))
  if (found.error) return <ProblemAlert error={found.error} onRetry={found.refetch} />
  if (!found.data) return <Skeleton active />
  return <ReturnRecord key={`${id} ${found.data.shown}`} of={found.data} show={show} />
}

function ReturnRecord({ of, show }: { of: ReturnDetail; show: (revision: number) => void }) {
  const t = useT()
  const actions = useReturnActions(of)
  const fills = of.shown === of.revision && of.actions.includes('fill')
  return (
    <RecordLayout
      header={
        <RecordHeader
          number={of.number}
          title={`${of.unit_name} · ${of.title}`}
          state={<ReturnState of={of} />}
          {...actions}
        />
      }
      aside={<ReturnTrail id={of.id} />}
    >
      {of.why_not && <Alert type="info" showIcon title={t(of.why_not)} />}
      <Section
        title={t('填报信息', 'About this return')}
        extra={of.revision > 1 && <Revisions of={of} show={show} />}
      >
        <ReturnFacts of={of} />
      </Section>
      {of.changes.length > 0 && <Changes of={of} />}
      {fills ? <ReturnForm of={of} /> : <ReturnShown of={of} />}
      {of.below.length > 0 && <ReturnBelow of={of} />}
    </RecordLayout>
  )
}

function Revisions({ of, show }: { of: ReturnDetail; show: (revision: number) => void }) {
  const t = useT()
  return (
    <Select
      size="small"
      value={of.shown}
      onChange={show}
      aria-label={t('版本', 'Revision')}
      options={Array.from({ length: of.revision }, (_, i) => ({
        value: i + 1,
        label: t(`第 ${i + 1} 版`, `Revision ${i + 1}`),
      }))}
    />
  )
}

function ReturnFacts({ of }: { of: ReturnDetail }) {
  const t = useT()
  const period = of.period_start && `${of.period_start} – ${of.period_end}`
  return (
    <Facts
      facts={[
        {
          label: t('专项行动', 'Campaign'),
          value: (
            <InnerLink to={`/campaign/list/${of.campaign}/returns`}>{of.campaign_title}</InnerLink>
          ),
        },
        { label: t('填报单位', 'Unit'), value: of.unit_name },
        { label: t('填报期', 'Period'), value: period || '—' },
        { label: t('报送期限', 'Due'), value: of.due },
        { label: t('填报人', 'Filled in by'), value: of.header.filler || '—' },
        { label: t('审核人', 'Reviewed by'), value: of.header.reviewer || '—' },
        { label: t('联系电话', 'Telephone'), value: of.header.phone || '—' },
        {
          label: t('审签', 'Signed off'),
          value: of.signed_at ? (
            <>
              {of.signed_by} <When at={of.signed_at} />
            </>
          ) : (
            '—'
          ),
        },
      ]}
    />
  )
}

/** A return as who does not fill it in reads it: what it lacks is for who does. */
function ReturnShown({ of }: { of: ReturnDetail }) {
  const t = useT()
  if (of.kind === 'table') {
    return (
      <Section title={t('统计表', 'Table')}>
        <ReturnTable of={of.state === 'submitted' ? of : { ...of, violations: [] }} />
      </Section>
    )
  }
  return (
    <Section title={t('报告内容', 'Report')}>
      <p style={{ whiteSpace: 'pre-wrap' }}>
        {of.text ||
          (of.files.length > 0
            ? t('（见附件）', '(see the files)')
            : t('还没有填报。', 'Nothing was written yet.'))}
      </p>
      {of.files.map((file) => (
        <p key={file.id}>
          <a href={`/api/v1/returns/${of.id}/files/${file.id}`}>{file.name}</a>
        </p>
      ))}
    </Section>
  )
}

/** What would be otherwise if it were signed now: beside what was signed, never in it. */
function Changes({ of }: { of: ReturnDetail }) {
  const t = useT()
  const label = (key: string) => of.lines.find((line) => line.key === key)?.label ?? key
  return (
    <Alert
      type="warning"
      showIcon
      title={t('审签后有变化（本表不随之改动）', 'Changed since it was signed; this table stays')}
      description={of.changes.map((one) => (
        <div key={`${one.row} ${one.column}`}>
          {t(
            `${label(one.row)}：审签时 ${one.signed || '—'}，现在 ${one.now || '—'}`,
            `${label(one.row)}: ${one.signed || '—'} when signed, ${one.now || '—'} now`,
          )}
        </div>
      ))}
    />
  )
}

function ReturnTrail({ id }: { id: string }) {
  const { data } = useQuery(returnTrailOf(id))
  return <DeedTrail deeds={data ?? []} acts={returnActs} />
}
