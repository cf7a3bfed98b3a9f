import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { countColumn } from '@/parts/list/column'
import { PlainRows } from '@/parts/list/PlainRows'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { useUrlForm } from '@/url/useUrlForm'
import { DrawState } from './DrawState'
import { EventLine } from './EventLine'
import { FreezeForm } from './FreezeForm'
import { type Plan, planQuery } from './inspectionApi'
import { PlanForm } from './PlanForm'
import { useInspectionWords } from './useInspectionWords'

type Batch = Schemas['InspectionPlannedBatch']

/** One plan: its batches, and how far the year is. */
export default function PlanPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const plan = useQuery(planQuery(id))
  if (plan.error) return <ProblemAlert error={plan.error} onRetry={plan.refetch} />
  if (!plan.data) return <Skeleton active />
  return <PlanView plan={plan.data} />
}

function PlanView({ plan }: { plan: Plan }) {
  const t = useT()
  const words = useInspectionWords()
  return (
    <Page title={plan.title} actions={<PlanActions plan={plan} />}>
      <div className="qf-stack">
        <div>
          <StateTag tone={plan.state === 'published' ? 'good' : 'neutral'}>
            {words.state('plans', plan.state)}
          </StateTag>{' '}
          <InnerLink to={`/inspection/tasks?plan=${plan.id}`}>
            {t('本计划的检查任务', 'Inspections of this plan')}
          </InnerLink>
        </div>
        {plan.note && <p>{plan.note}</p>}
        <Batches plan={plan} />
        <ProgressTable plan={plan} />
        <Section title={t('经过', 'History')}>
          <EventLine events={plan.events ?? []} names={plan.names} />
        </Section>
      </div>
    </Page>
  )
}

function Batches({ plan }: { plan: Plan }) {
  const t = useT()
  const may = useCan()('inspection.manage')
  const [chosen, setChosen] = useState<Batch>()
  const preparing = useUrlForm('freeze')
  const prepare = (batch: Batch) => {
    setChosen(batch)
    preparing.show()
  }
  return (
    <Section title={t('批次', 'Batches')}>
      <PlainRows<Batch>
        rows={plan.batches}
        keyOf={(one) => one.id}
        empty={t('没有批次', 'No batches')}
        columns={[
          { key: 'title', primary: true, title: t('批次', 'Batch'), cell: (one) => one.title },
          {
            key: 'on',
            title: t('抽取日期', 'Draw'),
            cell: (one) => <When at={one.draw_on} precision="date" />,
          },
          {
            key: 'due',
            title: t('检查期限', 'Due'),
            cell: (one) => <When at={one.due_on} precision="date" />,
          },
          countColumn('portion', t('累计比例', 'Portion'), (one) => `${one.portion}%`),
          {
            key: 'draw',
            title: t('抽取', 'Draw'),
            cell: (one) =>
              one.draw_id ? (
                <InnerLink to={`/inspection/draws/${one.draw_id}`}>
                  <DrawState state={one.draw_state} />
                </InnerLink>
              ) : may && plan.state === 'published' ? (
                <Button size="small" type="primary" onClick={() => prepare(one)}>
                  {t('准备抽取', 'Prepare')}
                </Button>
              ) : (
                '—'
              ),
          },
          countColumn('drawn', t('抽中', 'Drawn'), (one) => one.drawn || '—'),
        ]}
      />
      {chosen && <FreezeForm url={preparing} batch={{ id: chosen.id, title: chosen.title }} />}
    </Section>
  )
}

function ProgressTable({ plan }: { plan: Plan }) {
  const t = useT()
  return (
    <Section title={t('进度', 'Progress')}>
      <PlainRows<Schemas['InspectionProgress']>
        rows={plan.progress}
        keyOf={(one) => `${one.kind} ${one.credit}`}
        empty={t('名录里没有检查对象', 'Nobody is on the list')}
        columns={[
          { key: 'kind', primary: true, title: t('类别', 'Kind'), cell: (one) => t(one.kind_name) },
          { key: 'credit', title: t('信用', 'Class'), cell: (one) => one.credit || '—' },
          countColumn('targets', t('名录', 'Targets'), (one) => one.targets),
          countColumn('goal', t('全年应抽', 'Goal'), (one) => one.goal),
          countColumn('drawn', t('本计划已抽', 'Drawn by the plan'), (one) => one.drawn),
          countColumn('done', t('已出结果', 'Done'), (one) => one.done),
        ]}
      />
    </Section>
  )
}

function PlanActions({ plan }: { plan: Plan }) {
  const t = useT()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const changing = useUrlForm('plan')
  const draft = plan.state === 'draft'
  if (!can('inspection.manage') || plan.state === 'done') return null
  const params = { path: { id: plan.id } }
  const confirm = async () => {
    if (draft) await read(api.POST('/api/v1/inspection/plans/{id}/publish', { params }))
    else await read(api.POST('/api/v1/inspection/plans/{id}/finish', { params }))
  }
  const label = draft ? t('公布计划', 'Publish') : t('计划完成', 'Finish')
  return (
    <>
      {draft && (
        <>
          <Button onClick={() => changing.show()}>{t('修改', 'Change')}</Button>
          <PlanForm url={changing} plan={plan} />
        </>
      )}
      <Button type="primary" onClick={() => setAsking(true)}>
        {label}
      </Button>
      {asking && (
        <ConfirmReason
          name={`inspection.plan.${plan.id}`}
          title={label}
          question={
            draft
              ? t('公布后不能再修改。', 'It cannot be changed then.')
              : t('完成后不能再抽取。', 'Nothing is drawn by it any more.')
          }
          confirm={confirm}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
